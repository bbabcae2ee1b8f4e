"""The forms that ask, and those that write what is asked."""
