"""Read, rename, check, quarantine."""
