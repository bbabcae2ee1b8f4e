"""What the front door’s pages ask, and how it is checked."""
