"""docs/synthetic.md writes down the rates that are drawn from, and no others."""

from pathlib import Path

from joinedup.pipeline.synthetic.rates import Rates
from joinedup.pipeline.synthetic.written_rates import as_markdown

DOCS = Path(__file__).parents[2] / "docs" / "synthetic.md"


def test_the_page_holds_the_rates() -> None:
    page = DOCS.read_text(encoding="utf-8")
    written = page.split("<!-- rates -->")[1].split("<!-- end of rates -->")[0]
    assert written.strip() == as_markdown(Rates()).strip(), "make the page's tables again"
