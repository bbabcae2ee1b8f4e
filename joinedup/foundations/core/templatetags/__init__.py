"""Tags and filters every template uses."""
