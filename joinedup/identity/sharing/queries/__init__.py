"""What pages of sharing read; the viewer comes first."""
