"""Gets a command ready to work: the database answers, Django is set up."""

import os

import django
from django.core.management import call_command
from django.db import connections

from joinedup.foundations.core.database import server
from joinedup.foundations.core.database.cluster import data_folder, own_cluster
from joinedup.foundations.core.database.from_nothing import migrate_from_nothing
from joinedup.identity.sharing.role_reach import write_role_reach


def start_django() -> None:
    """Set Django up; the database need not answer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.config.settings")
    django.setup()


def start_database() -> bool:
    """Start our own server unless DATABASE_URL names another; True when this started it."""
    if os.environ.get("DATABASE_URL"):
        return False
    return server.start(own_cluster(data_folder()))


def start() -> None:
    """Get database and Django ready for work; tables are those of the last migration."""
    start_database()
    start_django()


def migrate() -> None:
    """Bring the tables up to date, and what the wall knows of the roles, as the role that owns them."""
    migrate_from_nothing(connections["owner"])
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    write_role_reach()
