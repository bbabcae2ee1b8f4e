"""The steps by which audit's tables came to be."""
