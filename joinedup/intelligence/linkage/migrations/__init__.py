"""The steps by which linkage's tables came to be."""
