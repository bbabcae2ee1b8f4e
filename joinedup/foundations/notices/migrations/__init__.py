"""The steps by which notices's tables came to be."""
