"""The pages of question sets and answers."""
