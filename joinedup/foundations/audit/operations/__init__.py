"""What is done to the audit: lines are written, numbered, signed and checked."""

from joinedup.foundations.audit.operations.record import (
    record_change,
    record_changes,
    record_look,
    record_looks,
)

__all__ = ["record_change", "record_changes", "record_look", "record_looks"]
