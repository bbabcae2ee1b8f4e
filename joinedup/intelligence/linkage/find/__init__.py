"""Finding a person: what the box says, the keys it looks under, and how well a person fits."""
