"""Names, dates, postcodes, addresses, NHS numbers: each brought to one form."""
