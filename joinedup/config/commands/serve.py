"""joinedup serve: serve the site."""

import argparse
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "serve",
        help="serve the site",
        description="Serves the site on this machine until it is stopped; put TLS in front of it. "
        "docs/production.md tells what else a real site needs.",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="default: 127.0.0.1, this machine alone"
    )
    parser.add_argument("--port", type=int, default=8000, help="default: 8000")


def run(asked: argparse.Namespace) -> int:
    """Serve on that port and no other."""
    from joinedup.config import site, start

    start.start()
    site.gather_static_files()
    site.serve(
        asked.host,
        asked.port,
        tell=lambda: print(f"Serving at http://{asked.host}:{asked.port}/", flush=True),
    )
    return outcomes.FINE
