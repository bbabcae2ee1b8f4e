"""Settings, addresses, the server entry and the `joinedup` command; nothing imports settings."""
