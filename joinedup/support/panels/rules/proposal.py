"""Who leads what of a whole agenda: the best assignment by optimisation, a plain one beside it, and why for each."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from joinedup.support.cases.rules.caseload import FULL_WEEK
from joinedup.support.panels.rules.allocating import Asked, Worker, what_is_not_entered, why_cannot

NOBODY = 10_000
"""What it costs that nobody leads: more than all else together."""
ELSEWHERE = 30
A_STEP_OF_TRAVEL = 4
KNOWS = 40
ANOTHER_LANGUAGE = 60
"""What counts beside the load, in the unit of the load's own square (propose)."""
EFFORT = 0.35
"""How long is sought, in the solver's own measure, which is the same on every machine."""
SEED = 6
_PARTS = 60


@dataclass(frozen=True)
class Near:
    """How one worker stands to one case."""

    serves: bool = False
    """Their team serves where the person lives."""
    travel: int = 0
    """Steps of travel: 0 the same neighbourhood, 1 the same locality, more beyond."""
    knows: bool = False
    """The person knows them already."""
    kept_from: bool = False


@dataclass(frozen=True)
class ToLead:
    """One item that needs somebody to lead it."""

    key: uuid.UUID
    asked: Asked
    weight: int
    near: Mapping[uuid.UUID, Near] = field(default_factory=dict)
    apart: frozenset[uuid.UUID] = frozenset()
    """Items that one worker may not lead beside this one (P28)."""
    only_of: str = ""
    """The agency that leads by rule, where one does (P27)."""


@dataclass(frozen=True)
class Assignment:
    """Who leads what, and what it costs; lower is better."""

    leads: Mapping[uuid.UUID, uuid.UUID | None]
    cost: int


@dataclass(frozen=True)
class Proposal:
    """The assignment that is proposed, the plain one it was compared with, and the reasons for each item."""

    best: Assignment
    greedy: Assignment
    why: Mapping[uuid.UUID, str]
    able: Mapping[uuid.UUID, tuple[Worker, ...]]


def propose(items: Sequence[ToLead], workers: Sequence[Worker]) -> Proposal:
    """The best assignment that is found for an agenda: the same facts give the same answer.

    Nobody leads whom they may not, nor more than their week; then load, place, travel, language, and
    somebody the person knows are weighed. It is never worse than the greedy one.
    """
    able = {item.key: tuple(w for w in workers if can_lead(item, w)) for item in items}
    greedy = greedily(items, workers, able)
    best = optimised(items, workers, able, greedy)
    why = {item.key: why_of(item, best, workers, able[item.key], items) for item in items}
    return Proposal(best, greedy, why, able)


def can_lead(item: ToLead, worker: Worker) -> bool:
    """Whether this worker can lead the item at all: hard constraints, room in the week among them."""
    return _may(item, worker) and worker.weight + item.weight <= worker.full


def price(item: ToLead, worker: Worker) -> int:
    """What it costs that this worker leads the item, the load apart."""
    near = item.near.get(worker.post, Near())
    cost = A_STEP_OF_TRAVEL * near.travel
    cost += 0 if near.serves else ELSEWHERE
    cost -= KNOWS if near.knows else 0
    if item.asked.language and item.asked.language.casefold() not in worker.languages:
        cost += ANOTHER_LANGUAGE
    return cost


def cost_of(
    items: Sequence[ToLead],
    workers: Sequence[Worker],
    leads: Mapping[uuid.UUID, uuid.UUID | None],
) -> int:
    """What an assignment costs: each worker's load squared, what each lead costs, and who has none.

    The load of somebody part-time counts by their share of a week: the same cases weigh twice on half a week.
    """
    by = {worker.post: worker for worker in workers}
    loads = {worker.post: worker.weight for worker in workers}
    cost, unit = 0, _unit(workers)
    for item in items:
        post = leads.get(item.key)
        if post is None:
            cost += NOBODY
            continue
        cost += price(item, by[post])
        loads[post] += item.weight
    # What is carried already is nobody's choice.
    carried = sum(
        (loads[post] ** 2 - worker.weight**2) * _weighs(worker, unit) for post, worker in by.items()
    )
    return cost + carried // unit


def greedily(
    items: Sequence[ToLead],
    workers: Sequence[Worker],
    able: Mapping[uuid.UUID, tuple[Worker, ...]],
) -> Assignment:
    """A plain assignment: the item that fewest can lead first, each to whoever is cheapest then."""
    loads = {worker.post: worker.weight for worker in workers}
    leads: dict[uuid.UUID, uuid.UUID | None] = {item.key: None for item in items}
    for item in sorted(items, key=lambda each: (len(able[each.key]), -each.weight, each.key.int)):
        free = [
            worker
            for worker in able[item.key]
            if loads[worker.post] + item.weight <= worker.full
            and not any(leads.get(other) == worker.post for other in item.apart)
        ]
        if free:
            chosen = min(
                free, key=lambda w: (price(item, w) + _added(loads[w.post], item, w), w.post.int)
            )
            leads[item.key] = chosen.post
            loads[chosen.post] += item.weight
    return Assignment(leads, cost_of(items, workers, leads))


def optimised(
    items: Sequence[ToLead],
    workers: Sequence[Worker],
    able: Mapping[uuid.UUID, tuple[Worker, ...]],
    start: Assignment,
) -> Assignment:
    """The best assignment that the solver finds from this start on, which is given back where none is better."""
    model, unit = cp_model.CpModel(), _unit(workers)
    takes = {
        (item.key, worker.post): model.new_bool_var("")
        for item in items
        for worker in able[item.key]
    }
    terms: list[cp_model.LinearExprT] = []
    for item in items:
        nobody = model.new_bool_var("")
        model.add_exactly_one([nobody, *(takes[item.key, w.post] for w in able[item.key])])
        model.add_hint(nobody, start.leads[item.key] is None)
        terms.append(unit * NOBODY * nobody)
        terms += [unit * price(item, w) * takes[item.key, w.post] for w in able[item.key]]
    _keep_apart(model, items, takes)
    terms += [
        _weighs(worker, unit) * _load(model, worker, items, takes, start) for worker in workers
    ]
    for (key, post), variable in takes.items():
        model.add_hint(variable, start.leads[key] == post)
    model.minimize(sum(terms))
    leads = _solved(model, takes, items)
    if leads is None:
        return start
    found = Assignment(leads, cost_of(items, workers, leads))
    return found if found.cost < start.cost else start


def why_of(
    item: ToLead,
    chosen: Assignment,
    workers: Sequence[Worker],
    able: Sequence[Worker],
    items: Sequence[ToLead],
) -> str:
    """Why this worker, and with whom they were compared; or why nobody, in words."""
    post = chosen.leads[item.key]
    if post is None:
        return why_nobody(item, workers, able)
    loads = Counter({worker.post: worker.weight for worker in workers})
    for each in items:
        to = chosen.leads[each.key]
        if to is not None and each.key != item.key:
            loads[to] += each.weight
    lead = next(worker for worker in able if worker.post == post)
    others = [worker for worker in able if worker.post != post]
    said = [f"{lead.name} {_what_counted(item, lead, loads[post])}."]
    if item.only_of:
        said.append("Their agency leads by rule.")
    if not others:
        return " ".join([*said, "Nobody else is entered for it and free."])
    next_best = min(
        others, key=lambda w: (price(item, w) + _added(loads[w.post], item, w), w.post.int)
    )
    said.append(
        f"Compared with {len(others)} {'other' if len(others) == 1 else 'others'}; next is "
        f"{next_best.name}, who {_what_counted(item, next_best, loads[next_best.post])}."
    )
    if price(item, next_best) + _added(loads[next_best.post], item, next_best) < price(
        item, lead
    ) + _added(loads[post], item, lead):
        said.append("They are more needed for another item of this agenda.")
    return " ".join(said)


def why_nobody(item: ToLead, workers: Sequence[Worker], able: Sequence[Worker]) -> str:
    """Why nobody can lead an item: what fails, and for how many; whom a person is kept from is not said."""
    if able:
        return (
            f"{len(able)} could lead it, and they are more needed for other items, or may not lead two "
            "who must be kept apart."
        )
    there = [worker for worker in workers if not item.only_of or worker.agency == item.only_of]
    entered = [worker for worker in there if what_is_not_entered(item.asked, worker) is None]
    if not entered:
        needs = "; ".join(sorted(code.label for code in item.asked.competences))
        return f"Nobody is entered for all that it needs: {needs}."
    full = sum(
        _may(item, worker) and worker.weight + item.weight > worker.full for worker in entered
    )
    if full:
        return f"{len(entered)} are entered for it; {full} of them carry their whole week already."
    return f"{len(entered)} are entered for it; none may or can lead it now."


def _may(item: ToLead, worker: Worker) -> bool:
    if item.only_of and worker.agency != item.only_of:
        return False
    near = item.near.get(worker.post, Near())
    refused = why_cannot(item.asked, worker, kept_from=near.kept_from)
    return refused is None and what_is_not_entered(item.asked, worker) is None


def _added(load: int, item: ToLead, worker: Worker) -> float:
    return ((load + item.weight) ** 2 - load**2) * FULL_WEEK / worker.full


def _unit(workers: Sequence[Worker]) -> int:
    """In how small parts costs are counted, so that shares of a week stay whole numbers."""
    return 1 if all(worker.full == FULL_WEEK for worker in workers) else _PARTS


def _weighs(worker: Worker, unit: int) -> int:
    return round(unit * FULL_WEEK / worker.full)


def _what_counted(item: ToLead, worker: Worker, load: int) -> str:
    near = item.near.get(worker.post, Near())
    said = ["knows them already"] if near.knows else []
    said.append("serves where they live" if near.serves else "works elsewhere")
    if item.asked.language:
        speaks = item.asked.language.casefold() in worker.languages
        said.append(f"{'speaks' if speaks else 'does not speak'} {item.asked.language}")
    said.append(f"carries {load} of {worker.full} without it")
    return f"{', '.join(said[:-1])} and {said[-1]}"


Takes = Mapping[tuple[uuid.UUID, uuid.UUID], cp_model.IntVar]


def _keep_apart(model: cp_model.CpModel, items: Sequence[ToLead], takes: Takes) -> None:
    for item in items:
        for other in item.apart:
            for key, post in takes:
                if key == item.key and (other, post) in takes:
                    model.add_at_most_one([takes[item.key, post], takes[other, post]])


def _load(
    model: cp_model.CpModel,
    worker: Worker,
    items: Sequence[ToLead],
    takes: Takes,
    start: Assignment,
) -> cp_model.LinearExprT:
    """What the worker's load costs: its square, held from below by its tangents, which meet it at whole numbers."""
    mine = [
        (item, takes[item.key, worker.post]) for item in items if (item.key, worker.post) in takes
    ]
    if not mine:
        return 0
    room = max(worker.full - worker.weight, 0)
    added = sum(item.weight * variable for item, variable in mine)
    model.add(added <= room)
    most = min(room, sum(item.weight for item, _ in mine))
    square = model.new_int_var(0, (worker.weight + most) ** 2 - worker.weight**2, "")
    for step in range(most):
        at = worker.weight + step
        # From `at` to `at + 1` the square grows by 2 at + 1.
        model.add(square >= (2 * at + 1) * (added - step) + at**2 - worker.weight**2)
    there = sum(item.weight for item, _ in mine if start.leads[item.key] == worker.post)
    model.add_hint(square, (worker.weight + there) ** 2 - worker.weight**2)
    return square


def _solved(
    model: cp_model.CpModel, takes: Takes, items: Sequence[ToLead]
) -> dict[uuid.UUID, uuid.UUID | None] | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = EFFORT
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    leads: dict[uuid.UUID, uuid.UUID | None] = {item.key: None for item in items}
    leads |= {key: post for (key, post), taken in takes.items() if solver.value(taken)}
    return leads
