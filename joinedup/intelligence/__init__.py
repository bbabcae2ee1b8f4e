"""What the agencies' data says, night by night."""
