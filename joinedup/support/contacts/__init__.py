"""Contacts, notes, appointments, letters; the safe-contact profile that rules every channel."""
