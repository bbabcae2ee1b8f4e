"""A made-up town for linkage: few names, crowded homes, records that change from night to night."""

import random
from datetime import date, timedelta

import pyarrow as pa

from joinedup.pipeline.contracts.stages import DECISIONS, STANDARD
from joinedup.pipeline.standardise.nicknames import roots_in_order

GIVEN = "JOHN JON JONATHAN MARY MARIE ANN ANNA MOHAMMED MUHAMMAD ELIZABETH LIZ KRZYSZTOF".split()
FAMILY = "SMITH JONES KHAN KOWALSKI SMITH JONES".split()
AGENCIES = ("gp", "adult_care", "children", "police", "fire", "housing")


class Town:
    """A few crowded streets whose records change from night to night."""

    def __init__(self, seed: int, *, exchanged: float = 0) -> None:
        """`exchanged` is the share of records with given and family name in each other's place."""
        self.draw = random.Random(seed)
        self.exchanged = exchanged
        self.people = [self._person(number) for number in range(60)]
        self.records: dict[tuple[str, str], dict] = {}
        self.withdrawn: dict[tuple[str, str], dict] = {}
        self.decisions: list[dict] = []
        self.issued = 0
        for _ in range(200):
            self.add()

    def _person(self, number: int) -> dict:
        draw = self.draw
        given = draw.choice(GIVEN)
        born = date(1960, 1, 1) + timedelta(days=draw.choice((3, 33, 36, 370, 4000, 9000)))
        return {
            "given": given, "given_root": given[:3], "family": draw.choice(FAMILY), "born_on": born,
            "sex": draw.choice("FM"), "postcode": f"AB1 {draw.randint(1, 4)}CD", "house": draw.choice("12"),
            "nhs": f"9990{number:06}", "phone": f"07700900{draw.randint(0, 30):03}",
            "birth_order": draw.choice((None, "8", "1")),
        }  # fmt: skip

    def _record(self, key: tuple[str, str]) -> dict:
        draw = self.draw
        person = dict(draw.choice(self.people))
        for field, odds in (("born_on", 0.2), ("nhs", 0.5), ("phone", 0.5), ("postcode", 0.2)):
            if draw.random() < odds:
                person[field] = None
        if draw.random() < 0.1:
            person["nhs"] = draw.choice(self.people)["nhs"]
        if draw.random() < 0.15:
            person["given"] = draw.choice(GIVEN)
        if draw.random() < self.exchanged:
            person |= {
                "given": person["family"],
                "given_root": person["family"],
                "family": person["given"],
            }
        if person["postcode"] is None and draw.random() < 0.7:
            person["previous_postcode"] = f"AB1 {draw.randint(1, 4)}CD"
        if key[0] != "gp":
            person["birth_order"] = None
        verified = person["nhs"] is not None and draw.random() < 0.8
        return {"agency": key[0], "record_id": key[1], "nhs_verified": verified, **person}

    def add(self) -> tuple[str, str]:
        self.issued += 1
        key = (self.draw.choice(AGENCIES), str(self.issued))
        self.records[key] = self._record(key)
        return key

    def night(self) -> tuple[pa.Table, pa.Table]:
        """Change a few things; returns the changed records and the keys of those withdrawn."""
        draw = self.draw
        back = draw.sample(sorted(self.withdrawn), min(3, len(self.withdrawn)))
        changed = {self.add() for _ in range(6)} | set(back)
        gone = draw.sample(sorted(self.records), 8)
        changed -= set(gone)
        for key in back:
            self.records[key] = self.withdrawn.pop(key)
        for key in gone:
            self.withdrawn[key] = self.records.pop(key)
        for key in draw.sample(sorted(self.records), 8):
            self.records[key] = self._record(key)
            changed.add(key)
        keys = sorted(self.records)
        for same in (True, False):
            (a, b) = sorted(draw.sample(keys, 2))
            self.decisions.append(
                {"agency_a": a[0], "record_id_a": a[1], "agency_b": b[0], "record_id_b": b[1], "same": same}
            )  # fmt: skip
        if len(self.decisions) > 3:
            self.decisions.pop(0)
        return standard([self.records[key] for key in changed]), keys_table(gone)

    def decided(self) -> pa.Table:
        return pa.Table.from_pylist(self.decisions, schema=DECISIONS)

    def whole(self) -> pa.Table:
        return standard(list(self.records.values()))


def standard(rows: list[dict]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=STANDARD)


def keys_table(keys: list[tuple[str, str]]) -> pa.Table:
    schema = pa.schema([("agency", pa.string()), ("record_id", pa.string())])
    return pa.Table.from_pylist([{"agency": a, "record_id": r} for a, r in keys], schema=schema)


def record(
    agency: str, record_id: str, given: str | None, family: str | None, born: str | None, **more
) -> dict:
    """One standard record; what is not said is missing, and an NHS number given is a verified one."""
    return {
        "agency": agency, "record_id": record_id, "given": given,
        "given_root": given and " ".join(roots_in_order(given)), "family": family,
        "born_on": born and date.fromisoformat(born), "nhs_verified": "nhs" in more, **more,
    }  # fmt: skip
