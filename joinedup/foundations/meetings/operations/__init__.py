"""What is done with a meeting, whichever body’s it is; who may do it is that body’s to say."""
