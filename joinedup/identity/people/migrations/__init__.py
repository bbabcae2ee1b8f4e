"""The steps by which people's tables came to be."""
