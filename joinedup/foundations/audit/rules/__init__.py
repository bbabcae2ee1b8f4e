"""What the audit reckons with: tree hashes, leaves, codes, and what is unusual; pure."""
