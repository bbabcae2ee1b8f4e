"""What is asked of the audit: its tree, who has looked, what is unusual."""
