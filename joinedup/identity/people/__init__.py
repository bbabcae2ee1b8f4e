"""Person, identifiers, household, carers, relationships; records only, no pages."""
