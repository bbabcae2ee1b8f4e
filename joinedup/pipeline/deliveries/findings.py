"""What the agency should know of a file that loads, in sentences without anybody's data."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from joinedup.pipeline.deliveries.file_name import DeliveryName
from joinedup.pipeline.deliveries.reading.blocks import Heading
from joinedup.pipeline.deliveries.reading.encodings import UTF_8, UTF_16, WINDOWS
from joinedup.pipeline.deliveries.reading.headings import REASON
from joinedup.pipeline.deliveries.whole_file import MANY_PER_NHS_NUMBER, WholeFile

_ENCODINGS = {WINDOWS: "Windows-1252", UTF_16: "UTF-16"}


@dataclass(frozen=True)
class Finding:
    """Something the agency should know of a file that loads."""

    column: str | None
    count: int
    """How many rows it is true of; 0 where it is about the file and nothing is wrong."""
    sentence: str


def values_left_empty(aside: Counter[tuple[str, str]]) -> Iterator[Finding]:
    """Values that stand for nothing, by column and reason."""
    for (heading, reason), count in sorted(aside.items()):
        yield Finding(
            heading, count, f"The value {reason}. Such values were left empty; the rows load."
        )


def about_rows(repeated: int, without_identity: int) -> Iterator[Finding]:
    """Rows that load and are not worth what a row should be."""
    if repeated:
        yield Finding(None, repeated, "The row says the same as another row. It counts once.")
    if without_identity:
        sentence = (
            "The row has no name, no date of birth and no NHS number. It loads and links to nobody."
        )
        yield Finding(None, without_identity, sentence)


def shared_values(whole: WholeFile, heading: Heading) -> Iterator[Finding]:
    """One NHS number or one address on more people than can be."""
    fields = heading.by_field
    if "nhs_number" in fields and (shared := whole.shared_nhs_numbers()):
        yield Finding(
            fields["nhs_number"],
            shared.records,
            f"{shared.values:,} NHS {_plural(shared.values, 'number')} on {MANY_PER_NHS_NUMBER} records or "
            f"more, one of them on {shared.most:,}. The rows load; linkage does not trust a disputed number.",
        )
    if "address" in fields and (shared := whole.shared_addresses()):
        yield Finding(
            fields["address"],
            shared.records,
            f"{shared.values:,} {_plural(shared.values, 'address', 'addresses')} with more people than a "
            f"household has, one of them with {shared.most:,}. The rows load; is it an institution, or a "
            "value the system fills in?",
        )


def about_the_file(
    heading: Heading, name: DeliveryName, encoding: str, blank: int
) -> Iterator[Finding]:
    """Things about the file as a whole, none of them wrong: each counts 0."""
    unknown = [h for h in heading.sent if h and h not in heading.columns and h != REASON]
    if unknown:
        yield Finding(
            None, 0, f"Columns that are not in the contract are not read: {', '.join(unknown)}."
        )
    there = {column.field for column in heading.columns.values()}
    absent = [
        c.heading for c in name.contract.columns if c.field not in there and c.field != "change"
    ]
    if absent:
        yield Finding(None, 0, f"Columns of the contract that were not sent: {', '.join(absent)}.")
    if encoding != UTF_8:
        yield Finding(
            None, 0, f"The file is in {_ENCODINGS[encoding]} and was read so. UTF-8 is surer."
        )
    if blank:
        yield Finding(
            None, 0, f"{blank:,} empty {_plural(blank, 'row was', 'rows were')} passed over."
        )


def _plural(count: int, one: str, many: str | None = None) -> str:
    return one if count == 1 else many or f"{one}s"
