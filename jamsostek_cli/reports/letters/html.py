"""A paper as one page of HTML that needs nothing else: no script, no address, nothing of it can run."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

from jamsostek_cli.reports.letters.paper import Chart, Paper
from jamsostek_cli.tables.workbook import printable

_HERE: Final = Path(__file__).parent
_STYLE: Final = "paper.css"


def write(paper: Paper, path: Path) -> None:
    """Write a paper; what it says is shown as it stands and never read as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - as a PDF

    looks = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda said: printable(said) if type(said) is str else said,
    )
    style = (_HERE / _STYLE).read_text(encoding="utf-8")
    page = looks.get_template("paper.html").render(
        paper=paper,
        blocks=[(type(block).__name__, block) for block in paper.blocks],
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        part_of=_part_of,
    )
    path.write_text(re.sub(r"\n\s*\n+", "\n", page), encoding="utf-8")


def _part_of(chart: Chart, value: float) -> float:
    """Return how long a part of a bar is, of 100."""
    return round(max(0, value) / chart.longest * 100, 2)
