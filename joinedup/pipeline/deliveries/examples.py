"""An example file for each contract: invented people, NHS numbers from the 999 test range."""

import csv
import io
from datetime import date

from joinedup.pipeline.contracts.columns import Column, Contract, Kind
from joinedup.pipeline.deliveries.file_name import FULL, DeliveryName

AS_AT = date(2026, 11, 20)

_PEOPLE: tuple[dict[str, str], ...] = (
    {
        "given_name": "Adaeze", "middle_names": "Grace", "family_name": "Okonkwo", "sex": "F",
        "born_on": "1984-04-03", "nhs_number": "999 412 7306", "address": "14 Tanner's Row, Overby",
        "postcode": "ZY1 4AB", "uprn": "990000000141", "phone": "07700 900123",
        "email": "adaeze.okonkwo@example.org", "previous_family_name": "Bello",
    },
    {
        "given_name": "MOHAMMED", "middle_names": "YUSUF", "family_name": "HUSSAIN", "sex": "M",
        "born_on": "1961-12-24", "nhs_number": "9993052183", "address": "Flat 2, 9 Wharf Street, Overby",
        "postcode": "ZY1 2CD", "previous_address": "31 Mill Lane, Overby", "previous_postcode": "ZY2 7EF",
        "phone": "01632 960456", "known_as": "Yusuf",
    },
    {
        "given_name": "Zofia", "family_name": "Wiśniewska-Brown", "sex": "F", "born_on": "2015-02-28",
        "nhs_number": "9996184528", "address": "5 Chapel Yard, Netherby", "postcode": "ZY3 1GH",
        "phone": "07700 900457", "birth_order": "2",
    },
    {
        "given_name": "Michael", "middle_names": "Patrick", "family_name": "O'Driscoll", "sex": "M",
        "born_on": "1949-09-17", "died_on": "2026-11-02", "nhs_number": "9992731648",
        "address": "Lock Cottage\nCanal Side\nOverby", "postcode": "ZY1 9JK", "known_as": "Mick",
    },
    {
        "given_name": "Sam", "family_name": "Hartley", "sex": "X", "born_on": "1999-06-30",
        "address": "NFA", "email": "sam.hartley@example.org", "updated_on": "2026-11-18",
    },
    {
        "given_name": "مريم", "family_name": "العلي", "sex": "F", "born_on": "1990-01-05",
        "nhs_number": "9998460379", "address": "27 Station Parade, Netherby", "postcode": "ZY3 5LM",
    },
)  # fmt: skip


def example_name(contract: Contract) -> str:
    """The name of a contract's example file."""
    return f"{DeliveryName(contract, contract.populations[0], FULL, AS_AT, '.csv').stem}.csv"


def example_csv(contract: Contract) -> str:
    """The example file of a contract, with every column it may hold in a full delivery."""
    columns = [column for column in contract.columns if column.field != "change"]
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(column.heading for column in columns)
    for number, person in enumerate(_PEOPLE, 1):
        writer.writerow(_cell(contract, column, person, number) for column in columns)
    return file.getvalue()


def _cell(contract: Contract, column: Column, person: dict[str, str], number: int) -> str:
    if column.kind is Kind.PAST_DATE:
        return _written(contract, person.get(column.field, ""))
    match column.field:
        case "record_id":
            return f"{contract.agency[:2].upper()}-{40_000 + 37 * number}"
        case "gp_practice":
            return ("Y99001", "Y99002")[number % 2]
        case "nhs_number_status":
            return "01" if "nhs_number" in person else "03"
        case "sealed":
            return "N"
    return person.get(column.field, "")


def _written(contract: Contract, day: str) -> str:
    """Fire sends ISO dates, the others day first: both are read."""
    return (
        day
        if contract.agency == "fire" or not day
        else date.fromisoformat(day).strftime("%d/%m/%Y")
    )
