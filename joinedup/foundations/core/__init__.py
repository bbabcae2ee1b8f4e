"""Kit with no knowledge of care: page marks, forms, dates, the database server for demo and tests."""
