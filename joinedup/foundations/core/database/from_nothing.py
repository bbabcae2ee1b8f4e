"""The tables of an empty database, where each step draws the one model it changes and not all that are related."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class OneByOne(ProjectState):
    """Every table hangs on a few, so that Django would draw almost all of them anew at every step.

    It does so for code that runs in a migration and follows relations; that finds all drawn anew here too.
    """

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        """Draw this model anew, and it alone."""
        if "apps" in self.__dict__:  # asked otherwise, it would draw them all
            self.is_delayed = True
            self._reload({(app_label, model_name)})  # type: ignore[attr-defined]


def migrate_from_nothing(connection: BaseDatabaseWrapper) -> None:
    """Make all tables where there are none yet; whatever else is to be done is left to `migrate`."""
    executor = MigrationExecutor(connection)
    if executor.loader.applied_migrations or executor.loader.detect_conflicts():
        return
    state = OneByOne(real_apps=executor.loader.unmigrated_apps)
    executor.migrate(executor.loader.graph.leaf_nodes(), state=state)
