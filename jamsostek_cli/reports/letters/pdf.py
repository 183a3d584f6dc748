"""A paper as a PDF or a picture: equal papers give equal bytes, whatever fonts a computer has."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final, Literal

from jamsostek_cli.reports.letters.paper import Chart, Paper

_LOOKS: Final = Path(__file__).with_name("paper.typ")
_DOTS_PER_INCH: Final = 130
"""So fine are pictures: a page of A4 is 1075 dots wide and some hundred kilobytes large."""


def write(paper: Paper, path: Path) -> None:
    """Write a paper."""
    path.write_bytes(_drawn(paper, "pdf"))


def write_png(paper: Paper, path: Path) -> None:
    """Write the first page of a paper as a picture."""
    path.write_bytes(_drawn(paper, "png"))


def write_svg(paper: Paper, path: Path) -> None:
    """Write the first page of a paper as a drawing."""
    path.write_bytes(_drawn(paper, "svg"))


def png_of(chart: Chart, paper: Paper) -> bytes:
    """Return a chart of a paper as a picture."""
    return _drawn(replace(paper, blocks=(chart,), headed=False, picture=True), "png")


def _drawn(paper: Paper, kind: Literal["pdf", "png", "svg"]) -> bytes:
    import typst  # noqa: PLC0415 - loads only when a page is drawn

    said = {
        "title": paper.title,
        "foot": paper.foot,
        "author": paper.letterhead.sender,
        "day": [paper.day.year, paper.day.month, paper.day.day],
        "across": paper.across,
        "headed": paper.headed,
        "picture": paper.picture,
        "language": paper.language,
        "government": paper.government,
        "office": paper.letterhead.office,
        "reached": paper.reached,
        "mark": paper.mark,
        "blocks": [
            {"kind": type(block).__name__, **asdict(block)}
            | ({"longest": block.longest} if isinstance(block, Chart) else {})
            for block in paper.blocks
        ],
    }
    pages: Any = typst.compile(
        _LOOKS,
        format=kind,
        ppi=_DOTS_PER_INCH,
        sys_inputs={"paper": json.dumps(said, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=0,
    )
    return bytes(pages[0] if isinstance(pages, list) else pages)  # pictures of several pages are a list
