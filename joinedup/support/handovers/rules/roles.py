"""Which roles take matters on, which answer for a team, and which for the front door."""

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.roles import ROLES

MANAGERS = frozenset({"team_manager", "duty_manager", "front_door_manager", "safeguarding_lead"})
"""Roles that answer for a team."""

TAKES = frozenset(role.code for role in ROLES if Permission.TAKE_HANDOVERS in role.permissions)
"""Roles whose posts may take a matter on."""

ANSWERS_FOR_THE_DOOR = frozenset(
    role.code for role in ROLES if Permission.MANAGE_FRONT_DOOR in role.permissions
)
