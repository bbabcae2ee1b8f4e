"""The steps by which places's tables came to be."""
