"""The question sets that come with the product, each with its source and its licence."""
