"""The steps by which the front door’s tables came to be."""
