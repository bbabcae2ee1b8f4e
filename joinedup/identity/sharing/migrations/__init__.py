"""The steps by which sharing's tables came to be."""
