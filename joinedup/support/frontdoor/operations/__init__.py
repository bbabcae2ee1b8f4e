"""What people do at the front door: one verb a function."""
