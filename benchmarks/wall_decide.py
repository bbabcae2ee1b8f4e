"""Decide who may see what: 100,000 facts, beside the same table in Casbin and a bare look-up.

python -m benchmarks.wall_decide [--facts 100000] [--peers 400]

Casbin is asked the same table, row for row, and must give the same yes or no on each question.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import casbin

from joinedup.identity.sharing.choices import (
    ConsentState,
    DisclosureDecision,
    Purpose,
)
from joinedup.identity.sharing.gateways import GATEWAYS, NO_SIGHT, rows_for
from joinedup.identity.sharing.policy import Carried, Facts, decide

_MODEL = """
[request_definition]
r = purpose, recipient, holder, category, flows, consent, involved, disclosure, emergency, withheld, reveals

[policy_definition]
p = code, purposes, recipients, holders, categories, agreement, consent, involved, disclosure, emergency, above, named

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = within(r.purpose, p.purposes) && within(r.recipient, p.recipients) && within(r.holder, p.holders) && \
 within(r.category, p.categories) && (p.agreement == "no" || within(p.code, r.flows)) && \
 within(r.consent, p.consent) && (p.involved == "no" || r.involved == "yes") && \
 (p.disclosure == "no" || r.disclosure == "disclose") && (p.emergency == "no" || r.emergency == "yes") && \
 (p.above == "yes" || r.withheld == "no") && (p.named == "yes" || r.reveals == "no")
"""
_SAID = {
    "nothing": tuple(ConsentState),
    "no_objection": tuple(set(ConsentState) - {ConsentState.DECLINED, ConsentState.OBJECTED}),
    "given": (ConsentState.GIVEN,),
}


def main() -> None:
    """Draw facts, decide them all, put some to the peer, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--peers", type=int, default=400, help="questions put to Casbin")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    drawn = [_facts(chance) for _ in range(asked.facts)]
    seconds = min(_seconds(lambda: [decide(one) for one in drawn]) for _ in range(3))
    floor = min(_seconds(lambda: [_look_up(one) for one in drawn]) for _ in range(3))
    enforcer = _enforcer()
    put = drawn[: asked.peers]
    questions = [_question(one) for one in put]
    answers: list[bool] = []
    theirs = _seconds(lambda: answers.extend(enforcer.enforce(*each) for each in questions))
    agree = sum(decide(one).allowed == answer for one, answer in zip(put, answers, strict=True))
    each, each_of_theirs = seconds / asked.facts, theirs / asked.peers
    figures = {
        "facts": asked.facts,
        "rows": len(GATEWAYS),
        "decide_cpu_seconds": round(seconds, 3),
        "decide_microseconds_each": round(each * 1e6, 2),
        "bare_look_up_seconds": round(floor, 3),
        "times_the_bare_look_up": round(seconds / floor, 1),
        "casbin_microseconds_each": round(each_of_theirs * 1e6),
        "casbin_times_slower": round(each_of_theirs / each),
        "casbin_agrees": f"{agree} of {asked.peers}",
        "open": sum(answers),
    }
    print(json.dumps(figures, indent=1))


def _facts(chance: random.Random) -> Facts:
    codes = chance.sample([row.code for row in GATEWAYS], 3)
    row = chance.choice(GATEWAYS[: -len(NO_SIGHT)])
    return Facts(
        purpose=chance.choice(sorted(row.purposes)),
        category=chance.choice(sorted(row.categories)),
        recipient=chance.choice(sorted(row.recipients)),
        holder=chance.choice(sorted(row.holders)),
        involved=chance.random() < 0.8,
        flows=frozenset(map(Carried, [*codes, row.code])),
        consent=chance.choice(list(ConsentState)),
        disclosure=chance.choice([None, *DisclosureDecision]),
        withheld=chance.random() < 0.1,
        emergency=chance.random() < 0.5,
        name_reveals=chance.random() < 0.1,
    )


def _look_up(facts: Facts) -> object:
    """The least that any answer from a table costs: to find which of its rows are asked."""
    purpose = facts.purpose or Purpose.OWN_WORK
    return rows_for(purpose, facts.recipient, facts.holder, facts.category)


def _seconds(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _enforcer() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.conf"
        path.write_text(_MODEL, encoding="utf-8")
        enforcer = casbin.Enforcer(str(path))
    enforcer.add_function("within", lambda one, many: one in many.split("|"))
    for row in GATEWAYS:
        if row.opens:
            enforcer.add_policy(
                row.code, _listed(row.purposes), _listed(row.recipients), _listed(row.holders),
                _listed(row.categories), _yes(row.agreement_needed), _listed(_SAID[row.consent.value]),
                _yes(row.involvement_needed), _yes(row.disclosure_needed), _yes(row.emergency_needed),
                _yes(row.overrides_withholding), _yes(row.revealing_holders),
            )  # fmt: skip
    return enforcer


def _listed(words: Any) -> str:
    return "|".join(sorted(word.value for word in words))


def _yes(whether: bool) -> str:
    return "yes" if whether else "no"


def _question(facts: Facts) -> tuple[str, ...]:
    kept = facts.withheld or facts.disclosure is DisclosureDecision.DO_NOT_DISCLOSE
    return (
        (facts.purpose or Purpose.OWN_WORK).value, facts.recipient.value, facts.holder.value,
        facts.category.value, "|".join(flow.gateway for flow in facts.flows), facts.consent.value,
        _yes(facts.involved), facts.disclosure.value if facts.disclosure else "none",
        _yes(facts.emergency), _yes(kept), _yes(facts.name_reveals),
    )  # fmt: skip


if __name__ == "__main__":
    main()
