"""Start, find, the person, and the choice of a post."""
