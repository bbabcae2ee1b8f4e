"""A partnership's own lists of agencies and teams are taken whole or not at all, and corrected by a later load."""

from pathlib import Path

import pytest

from joinedup.foundations.agencies.models import Agency, Team, TeamArea
from joinedup.foundations.agencies.operations import CannotTakeLists, take_lists
from joinedup.foundations.places.models import AreaLsoa
from joinedup.foundations.places.operations import CannotLoadPlace, load_place
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.models import AgencySight
from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.bodies import take_agencies
from tests.audit_lines import lines
from tests.sharing import walled
from tests.unit.foundations.agencies.test_posts import AT, BY, TODAY, Administrator, Refused

pytestmark = pytest.mark.django_db

AGENCIES = """code,name,kind,ods_code,regulator,is_commissioner,is_provider,name_reveals
icb,North ICB,commissioner,QX1,nhs_england,yes,no,no
haven,The Haven,voluntary,,charity_commission,no,yes,yes
"""
TEAMS = f"""agency,team,is_sensitive,serves,which,starts_on,ends_on
haven,Refuge,yes,whole place,,{TODAY},
icb,North,no,locality,L1,{TODAY},2030-01-01
icb,North,no,practice,Z99001,{TODAY},
icb,North,no,lsoa,E1,{TODAY},
icb,North,no,area,W1,{TODAY},
"""
PLACE = {
    "localities.csv": "code,name,starts_on\nL1,Aldermere,2019-04-01\n",
    "lsoas.csv": (
        "code,name,locality,population,imd_decile,imd_release\nE1,Aldermere 1,L1,1731,1,2025\n"
    ),
    "practices.csv": "ods_code,name,locality\nZ99001,Lister Surgery,L1\n",
    "postcodes.csv": "postcode,lsoa\nJU1 0AA,E1\n",
    "areas.csv": "code,name,kind,starts_on,lsoa\nW1,North ward,ward,2019-04-01,E1\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {**PLACE, "agencies.csv": AGENCIES, "teams.csv": TEAMS}.items():
        (tmp_path / name).write_text(text)
    load_place(by=None, purpose="a test", folder=tmp_path, at=AT)
    return tmp_path


def test_agencies_and_teams_are_what_the_lists_say_however_often_they_are_taken(
    folder: Path,
) -> None:
    """S0-3, S0-66, S0-67: kind, ODS code, regulator; teams by locality, practice, LSOA, ward or the whole place."""
    for _ in range(2):
        assert take_lists(by=BY, folder=folder, at=AT) == {"agencies.csv": 2, "teams.csv": 5}
    icb, haven = Agency.objects.get(pk="icb"), Agency.objects.get(pk="haven")
    assert (icb.ods_code, icb.regulator, icb.is_commissioner, icb.is_provider) == (
        "QX1", "nhs_england", True, False,
    )  # fmt: skip
    assert (haven.name_reveals, icb.name_reveals) == (True, False)
    assert Team.objects.get(name="Refuge").is_sensitive
    (north, *_), served = (
        Team.objects.filter(name="North"),
        TeamArea.objects.filter(team__name="North"),
    )
    assert served.count() == 4
    assert {str(each.ends_on) for each in served.filter(locality="L1", team=north)} == {
        "2030-01-01"
    }
    assert AreaLsoa.objects.get().area_id == "W1"
    with acting(walled.SYSTEM):
        assert sorted(line.subject_id for line in lines(act="joined")) == ["haven", "icb"]


def test_a_column_that_is_not_there_says_nothing_and_a_name_not_listed_stays(folder: Path) -> None:
    take_lists(by=BY, folder=folder, at=AT)
    (folder / "agencies.csv").write_text("code,name,kind\nhaven,The New Haven,voluntary\n")
    (folder / "teams.csv").unlink()
    assert take_lists(by=BY, folder=folder, at=AT) == {"agencies.csv": 1}
    haven = Agency.objects.get(pk="haven")
    assert (haven.name, haven.name_reveals) == ("The New Haven", True)
    assert Agency.objects.filter(pk="icb").exists()
    with acting(walled.SYSTEM):
        (line,) = lines(act="corrected", subject_kind="agency")
    assert line.subject_id == "haven"


def test_an_agency_told_of_by_its_name_is_hidden_in_the_moment_the_list_says_so(
    folder: Path,
) -> None:
    """P8: sight follows in the same transaction."""
    walled.agency("housing", "housing")
    haven = {"recipient": "housing", "holder": "haven", "purpose": Purpose.OWN_WORK}
    plain = AGENCIES.replace("no,yes,yes", "no,yes,no")
    told = []
    for text in (plain, AGENCIES):
        (folder / "agencies.csv").write_text(text)
        take_agencies(by=walled.SYSTEM, folder=folder, at=AT)
        with acting(walled.SYSTEM):
            rows = AgencySight.objects.filter(**haven, starts_at__lte=AT, ends_at__gt=AT)
            told.append(
                any(row.told_in_full & Category.HOUSING.bit or row.told_in_full for row in rows)
            )
            assert derive.everything(at=AT) == ()
    assert told == [True, False]


@pytest.mark.parametrize(
    ("file", "text", "why"),
    [
        ("agencies.csv", "code,name\nx,X\n", "agencies.csv lacks the column kind."),
        ("agencies.csv", "code,name,kind\nx,X,club\n", "agencies.csv, row 1: kind"),
        ("agencies.csv", "code,name,kind,ods_code\nx,X,health,q9\n", "'q9' is no ODS code"),
        ("agencies.csv", "code,name,kind,name_reveals\nx,X,health,\n", "say yes or no for name_reveals"),
        ("agencies.csv", b"code,name,kind\nx,Caf\xe9,health\n", "is not in UTF-8"),
        ("teams.csv", "agency,team\nnowhere,A\n", "row 1: There is no agency 'nowhere'"),
        ("teams.csv", "agency,team\nicb,\n", "row 1: the team has no name"),
        ("teams.csv", "agency,team,serves\nicb,A,moon\n", "serves is one of: locality"),
        ("teams.csv", "agency,team,serves,which,starts_on\nicb,A,lsoa,E9,2026-01-01\n", "no lsoa 'E9'"),
        ("teams.csv", "agency,team,serves\nicb,A,whole place\n", "from which day"),
        ("teams.csv", "agency,team,serves,starts_on\nicb,A,whole place,1/2/2026\n", "no date"),
        ("teams.csv", "agency,team,serves,starts_on,ends_on\nicb,A,whole place,2026-02-01,2026-02-01\n",
         "end before it starts"),
    ],
)  # fmt: skip
def test_a_wrong_list_is_told_and_nothing_of_either_is_kept(
    folder: Path, file: str, text: str | bytes, why: str
) -> None:
    (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CannotTakeLists) as wrong:
        take_lists(by=BY, folder=folder, at=AT)
    assert why in str(wrong.value)
    assert not Agency.objects.filter(code__in=["icb", "haven", "x"]).exists()
    assert not Team.objects.exists()


def test_only_who_keeps_the_posts_takes_lists(folder: Path) -> None:
    with pytest.raises(Refused):
        take_lists(by=Administrator(allowed=frozenset()), folder=folder, at=AT)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code,name,kind,starts_on,lsoa\nW2,South,ward,2019-04-01,E9\n", "there is no lsoa 'E9'"),
        ("code,name,kind,starts_on,lsoa\nW2,South,parish,2019-04-01,E1\n", "row 1, kind"),
    ],
)
def test_a_wrong_list_of_areas_changes_nothing(folder: Path, text: str, why: str) -> None:
    (folder / "areas.csv").write_text(text)
    with pytest.raises(CannotLoadPlace) as wrong:
        load_place(by=None, purpose="a test", folder=folder, at=AT)
    assert why in str(wrong.value)
    assert AreaLsoa.objects.count() == 1
