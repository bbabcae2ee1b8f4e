"""Persons, the agencies' records of them, what they hold, households, relationships and sealed identities."""

from joinedup.identity.people.models.holding import Holding, HoldingDetail, HoldingSummary
from joinedup.identity.people.models.household import Household, HouseholdMember
from joinedup.identity.people.models.person import Person
from joinedup.identity.people.models.record import Record, RecordVersion
from joinedup.identity.people.models.relationship import Relationship
from joinedup.identity.people.models.seal import Seal, SealedFingerprint

__all__ = [
    "Holding",
    "HoldingDetail",
    "HoldingSummary",
    "Household",
    "HouseholdMember",
    "Person",
    "Record",
    "RecordVersion",
    "Relationship",
    "Seal",
    "SealedFingerprint",
]
