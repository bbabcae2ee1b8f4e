"""What the front door’s pages need, viewer first."""
