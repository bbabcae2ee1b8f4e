"""May this practitioner see this about this person for this purpose."""
