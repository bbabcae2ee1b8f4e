"""Who lives in the borough: households, names, ages and dwellings; the truth before anybody writes it down."""
