"""A file of any kind read into blocks of numbered rows of text."""
