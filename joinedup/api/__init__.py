"""FHIR, referral messages, Open Referral UK, exports; thin, one mapper for each resource."""
