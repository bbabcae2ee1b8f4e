"""Which roles take matters on, which answer for a team, and which for the front door."""

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.roles import roles_that_may

MANAGERS = frozenset({"team_manager", "duty_manager", "front_door_manager", "safeguarding_lead"})
"""Roles that answer for a team."""

TAKES = roles_that_may(Permission.TAKE_HANDOVERS)
"""Roles whose posts may take a matter on."""

ANSWERS_FOR_THE_DOOR = roles_that_may(Permission.MANAGE_FRONT_DOOR)
