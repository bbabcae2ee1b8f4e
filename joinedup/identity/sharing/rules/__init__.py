"""Pure rules of sharing: facts and a time in, an answer with its reason out."""
