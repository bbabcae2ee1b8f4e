"""The pure rules of questions: what is shown, what fits, what an answer opens and means."""
