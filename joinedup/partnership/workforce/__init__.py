"""Secondments, supervision, competence, approvals, training, leave."""
