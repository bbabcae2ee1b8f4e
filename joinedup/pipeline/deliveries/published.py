"""The contracts as agencies read them: docs/deliveries.md and an example file each."""

from collections.abc import Iterator
from pathlib import Path

from joinedup.pipeline.contracts.columns import Contract
from joinedup.pipeline.contracts.identity import CONTRACTS
from joinedup.pipeline.deliveries.checking import MOST_KEPT_BACK
from joinedup.pipeline.deliveries.examples import example_csv, example_name
from joinedup.pipeline.deliveries.file_name import EXAMPLE
from joinedup.pipeline.deliveries.judging.cells import LONGEST_CELL, LONGEST_IDENTIFIER
from joinedup.pipeline.deliveries.judging.rows import OLDEST
from joinedup.pipeline.deliveries.whole_file import MANY_PER_ADDRESS, MANY_PER_NHS_NUMBER

PAGE = "deliveries.md"
EXAMPLES = "examples"

_BEFORE = f"""\
# Deliveries: what each agency sends

<!-- Made from joinedup/pipeline/contracts by `joinedup deliveries contracts`: change it there. -->

A delivery is one file: the identity of each person an agency knows, and nothing about what the agency
does for them. Before you send one, look at it on your own machine:

    joinedup deliveries check FILE

tells by row and column what is wrong and how to mend it, and changes nothing. It ends with 0 when
there is nothing to mend, 1 when there is, 2 when it was asked wrongly, 3 when the disk or the file
fails. `--json` is for scripts; `--mend OUT` writes the rows to mend, each with its reason.

## The name of the file

    {EXAMPLE}

Four parts, joined by two underscores:

1. the contract, one of those below;
2. the population: `whole-register` for everybody registered, `active-caseload` for those being worked with;
3. `full` when the file holds everybody of that population, so that whoever is not in it has left;
   `changes` when it holds only those added, changed or deleted since the last one;
4. the day the data shows.

One file for each contract, population and day. The ending is `.csv` or `.parquet`. A file whose day is
before the last one loaded is told and set aside; the same file again changes nothing.

## The file

- **CSV.** Headings in the first row, in any order and any letter case; a blank or a hyphen may stand for
  an underscore. Cells separated by comma, semicolon, tab or bar; a cell that holds the separator, a
  quotation mark or a new line stands in quotation marks, and a quotation mark inside it is written twice.
- **Letters.** UTF-8, with or without a byte-order mark, is best. Windows-1252 and UTF-16 with a mark are
  read too, and the check says so.
- **Dates.** 03/04/1984 (day first), 1984-04-03, 03.04.1984, 3 Apr 1984, with or without a time. A year
  of two digits is not read.
- **Parquet.** The same headings; text, dates, times, numbers and true/false are read.
- Columns that are not in the contract are not read, not stored and not passed on.
- A cell may be empty, hold NULL, N/A or a dash: all mean that you do not know.
- Row 1 is the first row under the heading. Empty rows have a number and are passed over.

## What happens to a row

**It loads.** Values that stand for nothing are left empty and counted, and the rest of the row is used:
a name such as UNKNOWN, BABY or AAA; an NHS number that fails its check digit or is typed to fill the box
(9999999999); something that is not a postcode, a telephone number, an e-mail address; a birth date that
systems fill in (01/01/1900); a sex or a status outside its list.

**It is kept back**, with its reason, until you mend it and send it again, when

- it has more or fewer cells than the heading, or a quotation mark that is not closed;
- a cell that every row needs is empty;
- a date is not in the calendar (31 February) or cannot be read;
- the birth is after the delivery, the death after the delivery or before the birth, or the birth more
  than {OLDEST} years ago with no death given;
- a cell holds a NUL character, letters that cannot be read, or more than {LONGEST_CELL:,} characters
  (an identifier more than {LONGEST_IDENTIFIER});
- a cell begins with `=`, or a name with `+`, `-` or `@`, as a spreadsheet formula does;
- `sealed` is neither yes nor no, or a change-only row does not say what changed;
- its identifier is in the file more than once and the rows differ. All of them are kept back, because
  nobody can tell which holds. Rows that say the same count once.

A row that is `sealed`, or deleted in a change-only file, needs its identifier only: whatever else is
wrong with it, it is obeyed the same night. Where one of several rows of a record is sealed, that one holds.

**The file is told** when an NHS number stands on {MANY_PER_NHS_NUMBER} records or more, or an address on
{MANY_PER_ADDRESS} or more. The rows load; linkage does not trust a disputed number.

**The whole file is refused**, and nothing changes, when it is empty; when a full delivery holds no row
(it would say that everybody has left; a change-only file without rows is fine); when a column that every
row needs is missing, or any column is there twice; when its name cannot be read or its day is yet to come;
when its letters cannot be read; when more than {MOST_KEPT_BACK:,} things in it are wrong.

## What you delete

A record that you delete, or that a full file of its population lacks, is marked as gone.
Sent again it is the same record. How long it stays so is your own retention, which your data manager
sets on the page of deliveries, for one practice apart from the others where several send: when it is over,
the record leaves every table and file, and sent again it is a new one.

## Mend and send again

Rows kept back come as a CSV under your own headings, with a `reason` at the end that is not read back.
A cell that a spreadsheet would take for a formula begins with an apostrophe there; it is taken off again
on the way in. Mend the rows and send them as a change-only delivery of a later day: the column `change`
already says C, which serves for new records too.
"""


def write_contracts(folder: Path) -> list[Path]:
    """Write the page and the examples into a folder of documents; return what was written."""
    (folder / EXAMPLES).mkdir(parents=True, exist_ok=True)
    written = [folder / PAGE]
    written[0].write_text(contracts_page(), encoding="utf-8")
    for contract in CONTRACTS:
        path = folder / EXAMPLES / example_name(contract)
        path.write_text(example_csv(contract), encoding="utf-8", newline="")
        written.append(path)
    return written


def contracts_page() -> str:
    """The whole page, in Markdown."""
    return (
        "\n".join([_BEFORE, *(line for contract in CONTRACTS for line in _contract(contract))])
        + "\n"
    )


def _contract(contract: Contract) -> Iterator[str]:
    yield f"## {contract.title}: `{contract.code}`\n"
    populations = " or ".join(f"`{p}`" for p in contract.populations)
    example = example_name(contract)
    yield f"Population: {populations}. Example: [{example}]({EXAMPLES}/{example}).\n"
    if contract.controller_field is not None:
        yield (
            "Each practice is a controller of its own and loads under its own agreement. The identifier must be "
            "unique over all practices in the file: where two practices could use the same one, put the practice "
            "code in front.\n"
        )
    yield "| heading | every row | what it holds |"
    yield "| --- | --- | --- |"
    for column in contract.columns:
        needed = "yes" if column.required else "changes only" if column.field == "change" else ""
        yield f"| `{column.heading}` | {needed} | {column.about} |"
    yield ""
