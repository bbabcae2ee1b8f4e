"""What people do about sharing: one function a verb."""
