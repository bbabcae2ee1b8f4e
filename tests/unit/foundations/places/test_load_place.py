"""A place's own lists are taken whole or not at all, and corrected by a later load."""

import datetime
from pathlib import Path

import pytest

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.agencies.operations import USUAL, join_usual_agencies
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.places.models import Locality, Lsoa, Postcode, Practice
from joinedup.foundations.places.operations import CannotLoadPlace, load_place
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.pipeline.contracts.identity import CONTRACTS

AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
_LISTS = {
    "localities.csv": "code,name,starts_on\nL1,Aldermere,2019-04-01\n",
    "lsoas.csv": (
        "code,name,locality,population,imd_decile,imd_release\nE1,Aldermere 1,L1,1731,1,2025\n"
    ),
    "practices.csv": "ods_code,name,locality\nZ99001,Lister Surgery,L1\n",
    "postcodes.csv": "postcode,lsoa\nJU1 0AA,E1\nJU1 0AJ,E1\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in _LISTS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def _load(folder: Path) -> dict[str, int]:
    return load_place(by=None, purpose="a test", folder=folder, at=AT)


@pytest.mark.django_db
def test_lists_are_loaded_and_the_load_is_audited(folder: Path) -> None:
    assert _load(folder) == dict(zip(_LISTS, (1, 1, 1, 2), strict=True))
    assert Postcode.objects.get(postcode="JU1 0AJ").lsoa.locality.name == "Aldermere"
    assert Practice.objects.get().locality_id == "L1"
    with acting(Viewer.system("a test")):
        line = Entry.objects.get()
    assert line.detail == dict(zip(_LISTS, (1, 1, 1, 2), strict=True))


@pytest.mark.django_db
def test_a_later_load_corrects_and_keeps(folder: Path) -> None:
    _load(folder)
    (folder / "localities.csv").write_text(
        "code,name,starts_on\nL1,Aldermere North,2019-04-01\nL2,Brackwell,2019-04-01\n"
    )
    (folder / "postcodes.csv").write_text("postcode,lsoa\nJU2 0AA,E1\n")
    _load(folder)
    assert list(Locality.objects.order_by("code").values_list("name", flat=True)) == [
        "Aldermere North",
        "Brackwell",
    ]
    assert Postcode.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("lsoas.csv", None, "The folder has no lsoas.csv."),
        ("practices.csv", "ods_code,name\nZ1,A\n", "practices.csv lacks the column locality."),
        (
            "postcodes.csv",
            "postcode,lsoa\nJU1 0AA,E9\n",
            "postcodes.csv, row 1: there is no lsoa 'E9'.",
        ),
        ("postcodes.csv", "postcode,lsoa\n,E1\n", "postcodes.csv, row 1, postcode"),
        (
            "localities.csv",
            "code,name,starts_on\nL1,A,31/02/2019\n",
            "localities.csv, row 1, starts_on",
        ),
        ("localities.csv", b"code,name,starts_on\nL1,Caf\xe9,2019-04-01\n", "is not in UTF-8"),
        (
            "lsoas.csv",
            "code,name,locality,population,imd_decile,imd_release\nE1,A,L1,many,1,2025\n",
            "lsoas.csv, row 1, population",
        ),
    ],
)
def test_a_wrong_list_is_told_and_nothing_is_kept(
    folder: Path, name: str, text: str | bytes | None, told: str
) -> None:
    (folder / name).unlink()
    if text is not None:
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CannotLoadPlace) as wrong:
        _load(folder)
    assert told in str(wrong.value)
    assert not Locality.objects.exists()
    assert not Lsoa.objects.exists()


@pytest.mark.django_db
def test_the_six_agencies_join_once() -> None:
    assert join_usual_agencies(by=None, purpose="a test", at=AT) == 6
    assert join_usual_agencies(by=None, purpose="a test", at=AT) == 0
    assert set(Agency.objects.values_list("code", flat=True)) == set(USUAL)


def test_the_usual_agencies_are_those_of_the_contracts() -> None:
    assert set(USUAL) == {contract.agency for contract in CONTRACTS}
