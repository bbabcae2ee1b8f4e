"""What waits on a post: messages, preferences, digest."""
