"""The synthetic borough on screen; never installed in production."""
