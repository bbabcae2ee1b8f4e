"""What pages and rooms above ask of hand-overs, duties and clocks."""
