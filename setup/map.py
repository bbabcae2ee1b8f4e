"""Writes docs/map.md from the captions of the modules; `--check` tells whether it is as it should be."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAP = ROOT / "docs" / "map.md"
_LEFT_OUT = {"migrations", "__pycache__", "node_modules"}
_HEAD = """# The map

Every module and its caption, written by `make map` from the modules themselves.

"""


def drawn() -> str:
    """Return the map as it should be now."""
    return _HEAD + "\n".join(_lines(ROOT / "joinedup", 0)) + "\n"


def caption(module: Path) -> str:
    """Return the first line of a module's docstring, without its full stop."""
    told = ast.get_docstring(ast.parse(module.read_text())) or ""
    return told.split("\n", 1)[0].rstrip(".")


def _lines(folder: Path, depth: int) -> list[str]:
    lines = [f"{'  ' * depth}- **{folder.name}/** {caption(folder / '__init__.py')}"]
    for found in sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name)):
        if found.name in _LEFT_OUT:
            continue
        if found.is_dir() and (found / "__init__.py").exists():
            lines += _lines(found, depth + 1)
        elif found.suffix == ".py" and found.name != "__init__.py":
            lines.append(f"{'  ' * (depth + 1)}- {found.stem}: {caption(found)}")
    return lines


def _main() -> int:
    now = drawn()
    if "--check" in sys.argv:
        if MAP.exists() and MAP.read_text() == now:
            return 0
        print("docs/map.md is behind the modules' captions: run `make map`.")
        return 1
    MAP.parent.mkdir(exist_ok=True)
    MAP.write_text(now)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
