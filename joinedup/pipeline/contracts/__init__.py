"""What crosses a boundary: the columns agencies send and the columns stages hand on."""
