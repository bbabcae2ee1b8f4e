"""Pure rules of the front door: facts in, an answer with its reason out."""
