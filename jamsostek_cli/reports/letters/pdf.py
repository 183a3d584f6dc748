"""A paper as a PDF: equal papers give equal bytes, whatever fonts a computer has."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

from jamsostek_cli.reports.letters.paper import Paper

_LOOKS: Final = Path(__file__).with_name("paper.typ")


def write(paper: Paper, path: Path) -> None:
    """Write a paper."""
    import typst  # noqa: PLC0415 - loads only when a PDF is written

    said = {
        "title": paper.title,
        "author": paper.letterhead.sender,
        "day": [paper.day.year, paper.day.month, paper.day.day],
        "across": paper.across,
        "headed": paper.headed,
        "government": paper.government,
        "office": paper.letterhead.office,
        "reached": paper.reached,
        "mark": paper.mark,
        "blocks": [{"kind": type(block).__name__, **asdict(block)} for block in paper.blocks],
    }
    drawn = typst.compile(
        _LOOKS,
        format="pdf",
        sys_inputs={"paper": json.dumps(said, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=0,
    )
    path.write_bytes(drawn)
