"""The style sheet and scripts: Sass built, and the packages' scripts copied, to static/built."""

import shutil
import subprocess
from pathlib import Path

CORE = Path(__file__).resolve().parent.parent
ROOT = CORE.parents[2]
BUILT = CORE / "static" / "built"

SCRIPTS = {
    "govuk-frontend.min.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
}


def build(node: str = "node") -> None:
    """Builds all that the browser fetches; raises CalledProcessError where Sass finds a mistake."""
    packages = ROOT / "node_modules"
    BUILT.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            node,
            str(packages / "sass" / "sass.js"),
            "--no-source-map",
            "--style=compressed",
            "--quiet-deps",
            f"--load-path={packages}",
            str(CORE / "styles" / "site.scss"),
            str(BUILT / "site.css"),
        ],
        check=True,
    )
    for name, source in SCRIPTS.items():
        text = (packages / source).read_text(encoding="utf-8")
        # The maps are not served, and a reference to a file that is not there breaks hashed names.
        lines = [line for line in text.splitlines() if not line.startswith("//# sourceMappingURL")]
        (BUILT / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    shutil.copyfile(CORE / "styles" / "favicon.svg", BUILT / "favicon.svg")
