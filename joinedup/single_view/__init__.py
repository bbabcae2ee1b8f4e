"""Pages that join the rooms below: find a person, the record, my work, my own page."""
