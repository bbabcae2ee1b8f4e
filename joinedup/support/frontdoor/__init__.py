"""Referral, eligibility, triage, routing, referral fatigue."""
