"""The steps by which accountability’s tables came to be."""
