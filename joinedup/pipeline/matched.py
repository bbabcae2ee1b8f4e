"""How many rows of each delivery are of people whom another agency knows as well."""

from concurrent.futures import Future, ThreadPoolExecutor

import pyarrow as pa

from joinedup.pipeline.engines import DuckDB, on_this_machine
from joinedup.pipeline.inbox import Outcome
from joinedup.pipeline.kept import PERSON, RECORD, SHARE, Kept
from joinedup.pipeline.linkage import Linked


def count_matched(
    engine: DuckDB, others: tuple[Outcome, ...], outcomes: tuple[Outcome, ...], linked: Linked
) -> Future[tuple[Outcome, ...]]:
    """Count in each outcome the rows whose person another agency knows as well, and give them after the `others`.

    Where few rows were sent, that is done beside whatever comes next. `engine` holds `sent_keys`.
    """
    [sent] = engine.fetch("SELECT count(*) AS n FROM sent_keys")["n"].to_pylist()
    if sent <= SHARE * linked.counts["links"]:
        beside = ThreadPoolExecutor(1)
        try:
            keys = engine.fetch("SELECT * FROM sent_keys")
            return beside.submit(lambda: (*others, *_with_matched(keys, outcomes, linked)))
        finally:
            beside.shutdown(wait=False)
    everybody = Kept(engine, "links_now", RECORD, linked.folder, file="links")
    counted: Future[tuple[Outcome, ...]] = Future()
    counted.set_result(
        (*others, *_matched(engine, outcomes, sent=everybody.name, beside=everybody.name))
    )
    return counted


def _with_matched(
    sent: pa.Table, outcomes: tuple[Outcome, ...], linked: Linked
) -> tuple[Outcome, ...]:
    """The same with an engine of its own, from the links of those sent."""
    with on_this_machine(threads=1) as engine:
        engine.put("sent_keys", sent)
        links = Kept(engine, "links_now", RECORD, linked.folder, file="links")
        whose = (*RECORD[0], *PERSON)
        links.find("sent_links", "sent_keys", RECORD[0], only=whose)
        links.find("beside_links", "sent_links", PERSON, only=whose)
        return _matched(engine, outcomes, sent="sent_links", beside="beside_links")


def _matched(
    engine: DuckDB, outcomes: tuple[Outcome, ...], *, sent: str, beside: str
) -> tuple[Outcome, ...]:
    rows = engine.fetch(
        f"""WITH shared AS (
              SELECT person FROM {beside} GROUP BY person HAVING count(DISTINCT agency) > 1)
            SELECT k.contract, k.population, k.as_at, count(*) AS n
            FROM sent_keys k JOIN {sent} l USING (agency, record_id) SEMI JOIN shared USING (person)
            GROUP BY ALL"""
    ).to_pylist()
    matched = {(row["contract"], row["population"], row["as_at"]): row["n"] for row in rows}
    return tuple(
        o.with_matched(matched.get((o.contract, o.population, o.as_at), 0)) for o in outcomes
    )
