"""What people do about reaching somebody: record contacts, say what is safe, let it follow the person."""

from joinedup.support.contacts.operations.following import follow_person, stop_following
from joinedup.support.contacts.operations.reach import (
    CannotSetNeeds,
    CannotSetProfile,
    ProfileSaid,
    set_needs,
    set_profile,
)
from joinedup.support.contacts.operations.recording import (
    CannotRecordContact,
    ContactSaid,
    NotSafe,
    record_contact,
)

__all__ = [
    "CannotRecordContact",
    "CannotSetNeeds",
    "CannotSetProfile",
    "ContactSaid",
    "NotSafe",
    "ProfileSaid",
    "follow_person",
    "record_contact",
    "set_needs",
    "set_profile",
    "stop_following",
]
