"""How the registers of the workforce read on their pages."""
