"""The steps by which agencies's tables came to be."""
