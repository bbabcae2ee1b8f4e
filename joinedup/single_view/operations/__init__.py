"""What is done on pages that join several rooms."""
