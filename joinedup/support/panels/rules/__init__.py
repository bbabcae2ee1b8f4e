"""Pure rules of panels: facts in, an answer with its reason out."""
