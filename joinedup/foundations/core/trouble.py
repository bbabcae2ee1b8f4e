"""Trouble with the machine and not with the data: the database, the disk, the set-up."""


class Trouble(Exception):
    """Work that cannot go on; the message is a sentence for whoever started it."""
