"""The steps by which accounts's tables came to be."""
