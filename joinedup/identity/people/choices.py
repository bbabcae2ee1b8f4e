"""How two people can stand to each other where the law cares (P6)."""

from enum import StrEnum


class RelationshipKind(StrEnum):
    """What the first person is to the second."""

    PARENT = "parent"
    PARENTAL_RESPONSIBILITY = "parental_responsibility"
    UNBORN_CHILD_OF = "unborn_child_of"
    CHILD_ARRANGEMENTS_ORDER = "child_arrangements_order"
    SPECIAL_GUARDIAN = "special_guardian"
    CARE_ORDER_HOLDER = "care_order_holder"
    NON_CONTACT_ORDER = "non_contact_order"
    VICTIM_OF = "victim_of"
    CARER = "carer"
    YOUNG_CARER = "young_carer"
    PARTNER = "partner"
    SIBLING = "sibling"
    NEXT_OF_KIN = "next_of_kin"
    ATTORNEY_HEALTH_AND_WELFARE = "attorney_health_and_welfare"
    ATTORNEY_PROPERTY_AND_AFFAIRS = "attorney_property_and_affairs"
    DEPUTY_HEALTH_AND_WELFARE = "deputy_health_and_welfare"
    DEPUTY_PROPERTY_AND_AFFAIRS = "deputy_property_and_affairs"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return self.value.replace("_", " ").capitalize()


NEEDS_SIGHT_OF_DOCUMENT = frozenset(
    {
        RelationshipKind.CHILD_ARRANGEMENTS_ORDER,
        RelationshipKind.SPECIAL_GUARDIAN,
        RelationshipKind.CARE_ORDER_HOLDER,
        RelationshipKind.NON_CONTACT_ORDER,
        RelationshipKind.ATTORNEY_HEALTH_AND_WELFARE,
        RelationshipKind.ATTORNEY_PROPERTY_AND_AFFAIRS,
        RelationshipKind.DEPUTY_HEALTH_AND_WELFARE,
        RelationshipKind.DEPUTY_PROPERTY_AND_AFFAIRS,
    }
)
"""Kinds that rest on a court's or a donor's paper: somebody must have seen it (P6)."""


class MayBeTold(StrEnum):
    """What the first person may be told about the second (P6)."""

    NOTHING = "nothing"
    WITH_CONSENT = "with_consent"
    AS_THE_ORDER_SAYS = "as_the_order_says"
    IN_FULL = "in_full"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return self.value.replace("_", " ").capitalize()
