"""The question sets that come with the product, each with its source and its licence; no licensed text."""

from joinedup.support.questions.shipped.assessment import ASSESSMENT_SETS
from joinedup.support.questions.shipped.front_door import FRONT_DOOR, FRONT_DOOR_PUBLIC
from joinedup.support.questions.shipped.measures import ONS4, OWN_HANDS, UCLA3
from joinedup.support.questions.shipped.screenings import HOME_SAFETY, SOCIAL_CARE

SHIPPED = (
    FRONT_DOOR, FRONT_DOOR_PUBLIC, SOCIAL_CARE, ONS4, UCLA3, OWN_HANDS, HOME_SAFETY, *ASSESSMENT_SETS,
)  # fmt: skip
