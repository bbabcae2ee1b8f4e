"""What a controller owes when something went wrong: breaches on their clock, complaints answered (P15)."""
