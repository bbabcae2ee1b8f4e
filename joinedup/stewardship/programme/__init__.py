"""Phases, roll-out, actions, risk register, gates."""
