"""What the database itself must know before any room has a table."""
