"""What pages ask of question sets and answers, viewer first."""
