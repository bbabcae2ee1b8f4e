"""One module a topic; every function takes as_at."""
