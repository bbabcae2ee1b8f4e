"""What people are called: by the record that speaks for each, among those whoever is entered may see."""

import uuid
from collections.abc import Iterable, Mapping

from joinedup.identity.people.models import Record
from joinedup.identity.people.rules import SOURCES, Spoken, full_name, speaks_first
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.looked import told_of


def names_of_people(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID | None, str]:
    """The name of each of these people of whom the viewer sees a current record; inside `acting(viewer)`.

    It is said by the record that speaks first on the person's own page, without middle names. Two statements at
    most: nearly everybody is on the register whose word comes first, and only who is not there is asked for
    among all the others. A list of people is spared most of its looks for sight so. The look under way
    tells of each whose name is given.
    """
    asked = set(persons)
    if not asked:
        return {}
    named = _said({"agency": SOURCES[0], "person__in": asked})
    if left := asked - named.keys():
        named |= _said({"person__in": left})
    told_of(people=named, categories=[Category.IDENTITY])
    return named


def _said(which: Mapping[str, object]) -> dict[uuid.UUID | None, str]:
    held: dict[uuid.UUID, list[tuple[Spoken, str]]] = {}
    for person, agency, record_id, updated, changed, given, family in Record.objects.filter(
        gone_on=None, **which
    ).values_list(
        "person", "agency", "record_id", "updated_on", "changed_on", "given_name", "family_name"
    ):
        spoken = Spoken(agency, False, updated or changed, record_id)
        held.setdefault(person, []).append((spoken, full_name(given, "", family)))
    return {
        person: said[speaks_first([spoken for spoken, _ in said])][1]
        for person, said in held.items()
    }
