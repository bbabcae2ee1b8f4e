"""Who it may be, told as the identity is typed: to practitioners alone, for a purpose, and counted (P17)."""

from pathlib import Path

from joinedup.demo.personas import PERSONAS
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import acting
from joinedup.support.frontdoor.models import MatchQuestion
from tests.pages.signing_in import signed_in
from tests.sharing.walled import SYSTEM


def test_one_of_ours_is_told_to_a_practitioner_with_a_purpose_and_counted(
    linked: Path,
) -> None:
    """P17."""
    client = signed_in("police")
    path = str(client.post("/refer/").headers["Location"])
    with acting(SYSTEM):
        known = Record.objects.filter(agency="police", gone_on=None, born_on__isnull=False)
        one = known.exclude(postcode="").earliest("pk")
    who = {
        "p1_given_name": one.given_name, "p1_family_name": one.family_name,
        "p1_born_on": one.born_on.isoformat() if one.born_on else "", "p1_postcode": one.postcode,
    }  # fmt: skip
    assert "Say why you are looking" in told_by(client.post(f"{path}match/", who))
    told = told_by(client.post(f"{path}match/", {**who, "purpose": "crime_disorder"}))
    assert "One of ours" in told or "May be one of these" in told
    not_known = {**who, "p1_given_name": "Qwxz", "p1_family_name": "Zzyqx", "p1_postcode": "",
                 "p1_born_on": "3/3/1911", "purpose": "crime_disorder"}  # fmt: skip
    assert "Not found" in told_by(client.post(f"{path}match/", not_known))
    police = next(persona for persona in PERSONAS if persona.code == "police")
    with acting(SYSTEM):
        assert MatchQuestion.objects.filter(post_id=police.post_id).count() >= 2


def told_by(response: object) -> str:
    """The page, as it reads."""
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]
