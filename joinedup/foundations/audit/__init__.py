"""Who changed what and who looked at whom; append-only, no foreign keys out."""
