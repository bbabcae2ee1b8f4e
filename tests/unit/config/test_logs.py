"""A log line says what failed and where, and never whom it was about."""

import io
import json
import logging
import logging.config

import pytest

from joinedup.config import logs


@pytest.fixture
def written() -> io.StringIO:
    """Return what a logger of our own writes, as in production."""
    settings = logs.logging_settings(as_json=True)
    form = settings["formatters"]["event"]
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        form["()"](processors=form["processors"], foreign_pre_chain=form["foreign_pre_chain"])
    )
    logger = logging.getLogger("tests.logs")
    logger.propagate = False
    logger.handlers = [handler]
    return out


def test_an_error_is_placed_but_its_message_is_kept_out(written: io.StringIO) -> None:
    """The database's messages quote the row: Key (family_name)=(OKAFOR) already exists."""
    try:
        raise ValueError("Key (family_name)=(OKAFOR) already exists.")
    except ValueError:
        logging.getLogger("tests.logs").exception("Internal Server Error")
    line = json.loads(written.getvalue())
    assert line["error"] == "ValueError"
    assert any("test_an_error_is_placed" in where for where in line["where"])
    assert "OKAFOR" not in written.getvalue()


def test_a_line_is_one_json_object(written: io.StringIO) -> None:
    logging.getLogger("tests.logs").warning("The night is done")
    line = json.loads(written.getvalue())
    assert (line["event"], line["level"]) == ("The night is done", "warning")
