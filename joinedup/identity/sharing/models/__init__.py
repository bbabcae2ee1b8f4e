"""Records of sharing: agreements, what people said, involvement, restrictions, and what follows."""

from joinedup.identity.sharing.models.agreement import (
    AgreementAct,
    AgreementParty,
    SharingAgreement,
    SharingBarrier,
    SharingFlow,
)
from joinedup.identity.sharing.models.commitment import Commitment
from joinedup.identity.sharing.models.consent import CapacityAssessment, Consent, ServiceAgreement
from joinedup.identity.sharing.models.emergency import (
    AddressRelease,
    EmergencyAccess,
    OwnAccess,
    RestrictedAddress,
)
from joinedup.identity.sharing.models.held_placing import HeldPlacing
from joinedup.identity.sharing.models.involvement import Disclosure, Involvement, Restriction
from joinedup.identity.sharing.models.matter import Matter, MatterPerson, Part
from joinedup.identity.sharing.models.objection import Objection
from joinedup.identity.sharing.models.parted import PartedPerson
from joinedup.identity.sharing.models.subject import SubjectPart, SubjectRequest
from joinedup.identity.sharing.models.subject_release import SubjectAnswer, SubjectRedaction
from joinedup.identity.sharing.models.told_look import ToldLook
from joinedup.identity.sharing.models.visibility import AgencySight, Visibility

__all__ = [
    "AddressRelease",
    "AgencySight",
    "AgreementAct",
    "AgreementParty",
    "CapacityAssessment",
    "Commitment",
    "Consent",
    "Disclosure",
    "EmergencyAccess",
    "HeldPlacing",
    "Involvement",
    "Matter",
    "MatterPerson",
    "Objection",
    "OwnAccess",
    "Part",
    "PartedPerson",
    "RestrictedAddress",
    "Restriction",
    "ServiceAgreement",
    "SharingAgreement",
    "SharingBarrier",
    "SharingFlow",
    "SubjectAnswer",
    "SubjectPart",
    "SubjectRedaction",
    "SubjectRequest",
    "ToldLook",
    "Visibility",
]
