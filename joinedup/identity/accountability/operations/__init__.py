"""Acts on breaches of personal data and on complaints, by thing."""
