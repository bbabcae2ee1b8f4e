"""Records brought to one form as a table: each distinct value once, however many rows hold it."""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.pipeline.contracts.stages import STANDARD
from joinedup.pipeline.standardise.addresses import home
from joinedup.pipeline.standardise.emails import standard_email
from joinedup.pipeline.standardise.names import standard_name
from joinedup.pipeline.standardise.nhs_numbers import standard_nhs_number
from joinedup.pipeline.standardise.nicknames import roots_in_order
from joinedup.pipeline.standardise.phones import standard_phone
from joinedup.pipeline.standardise.postcodes import standard_postcode

_SEXES = {
    "F": "F", "FEMALE": "F", "2": "F", "M": "M", "MALE": "M", "1": "M", "X": "X", "OTHER": "X", "9": "X",
}  # fmt: skip
_VERIFIED = "01"
_BIRTH_ORDERS = frozenset("12345678")

Text = str | None


def standardise(records: pa.Table) -> pa.Table:
    """Bring records (RECORDS) to one form (STANDARD), row for row."""
    given, rest_of_given = _two_of_each(records["given_name"], _first_and_rest)
    house, street = _two_of_each(records["address"], _house_and_street)
    nhs = _one(records, "nhs_number", standard_nhs_number)
    columns = {
        "agency": records["agency"],
        "record_id": records["record_id"],
        "given": given,
        "given_root": _each_once(given, _roots),
        "middle": _joined(rest_of_given, _one(records, "middle_names", standard_name)),
        "family": _one(records, "family_name", standard_name),
        "other_family": _one(records, "previous_family_name", standard_name),
        "other_given": _one(records, "known_as", lambda text: _first_and_rest(text)[0]),
        "sex": _one(records, "sex", standard_sex),
        "born_on": records["born_on"],
        "died_on": records["died_on"],
        "nhs": nhs,
        "nhs_verified": _verified(nhs, records["nhs_number_status"]),
        "postcode": _one(records, "postcode", standard_postcode),
        "house": house,
        "street": street,
        "previous_postcode": _one(records, "previous_postcode", standard_postcode),
        "uprn": _one(records, "uprn", standard_uprn),
        "phone": _one(records, "phone", standard_phone),
        "email": _one(records, "email", standard_email),
        "birth_order": _one(records, "birth_order", standard_birth_order),
    }
    return pa.table([columns[name] for name in STANDARD.names], schema=STANDARD)


def standard_sex(text: Text) -> Text:
    """F, M or X; None where it is not known."""
    return _SEXES.get(text.strip().upper()) if text else None


def standard_uprn(text: Text) -> Text:
    """A unique property reference number without leading noughts; None where it is not one."""
    digits = text.strip().lstrip("0") if text else ""
    return digits if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None


def standard_birth_order(text: Text) -> Text:
    """1 to 7 of twins and more, 8 where born alone; None where it is not known."""
    order = text.strip() if text else ""
    return order if order in _BIRTH_ORDERS else None


def _first_and_rest(text: Text) -> tuple[Text, Text]:
    first, _, rest = (standard_name(text) or "").partition(" ")
    return first or None, rest or None


def _roots(name: Text) -> Text:
    return " ".join(roots_in_order(name)) if name else None


def _house_and_street(text: Text) -> tuple[Text, Text]:
    _, house, street = home(text)
    return house, street


def _one(records: pa.Table, column: str, standard: Callable[[Text], Text]) -> pa.Array:
    return _each_once(records[column], standard)


def _each_once(column: pa.ChunkedArray | pa.Array, standard: Callable[[Text], Text]) -> pa.Array:
    """Call once for each distinct value, and lay what it gives out over the rows."""
    encoded = _encoded(column)
    made = [standard(text) for text in encoded.dictionary.to_pylist()]
    return pc.take(pa.array(made, pa.string()), encoded.indices)


def _two_of_each(
    column: pa.ChunkedArray, standard: Callable[[Text], tuple[Text, Text]]
) -> tuple[pa.Array, pa.Array]:
    """The same where a value gives two columns."""
    encoded = _encoded(column)
    first: list[Text] = []
    second: list[Text] = []
    for text in encoded.dictionary.to_pylist():
        one, two = standard(text)
        first.append(one)
        second.append(two)
    lanes = (pa.array(lane, pa.string()) for lane in (first, second))
    one_column, two_column = (pc.take(lane, encoded.indices) for lane in lanes)
    return one_column, two_column


def _encoded(column: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole.dictionary_encode()


def _joined(first: pa.Array, second: pa.Array) -> pa.Array:
    """Both with a space between; whichever there is; null where there is neither."""
    return pc.coalesce(pc.binary_join_element_wise(first, second, " "), first, second)


def _verified(nhs: pa.Array, status: pa.ChunkedArray) -> pa.Array:
    said = pc.fill_null(pc.equal(pc.utf8_trim_whitespace(status), _VERIFIED), False)
    return pc.and_(nhs.is_valid(), said.combine_chunks())
