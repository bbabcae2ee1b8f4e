"""Pure rules of hand-overs: working days, the limits of the clock, who answers, what may come back."""
