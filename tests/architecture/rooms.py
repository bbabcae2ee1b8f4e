"""The order of the rooms, read from the import rules, for what those rules cannot see."""

import functools
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "joinedup"


@functools.cache
def contracts() -> dict[str, dict[str, list[str]]]:
    """Return the import rules by id."""
    with open(ROOT / "pyproject.toml", "rb") as file:
        found = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return {contract["id"]: contract for contract in found}


def room_of(module: str) -> tuple[str, ...]:
    """Return the wing, and where the wing has rooms the room, that a module is in."""
    _, wing, *inner = module.split(".")
    return (wing, inner[0]) if wing in contracts() and inner else (wing,)


def may_lean_on(upper: str, lower: str) -> bool:
    """Tell whether one module may lean on another: the same room, or one below it."""
    above, below = room_of(upper), room_of(lower)
    if above[0] != below[0]:
        return _is_below("wings", above[0], below[0])
    return above == below or len(below) == 1 or _is_below(above[0], above[1], below[1])


def _is_below(contract: str, upper: str, lower: str) -> bool:
    heights = {
        room.strip(): height
        for height, layer in enumerate(contracts()[contract]["layers"])
        for room in layer.split("|")
    }
    return heights[lower] > heights[upper]
