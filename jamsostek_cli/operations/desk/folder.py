"""The folder of a month: the page to sign, its workbook, its picture, and a few lines to send."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from jamsostek_cli import safe_file
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.reporting import report_file
from jamsostek_cli.reports.desk.month import DeskMonth
from jamsostek_cli.reports.registry import REPORTS
from jamsostek_cli.tables.table import Report

FILES: Final = ("pdf", "docx", "xlsx", "html", "png", "txt", "md")
"""What a folder gets: to sign, to write on, to reckon with, to look at, to send, to send as text, to keep."""

_OF_NOBODY: Final = frozenset({".png", ".svg", ".txt"})
"""What names nobody: the page alone, and the lines of a message."""


def write(
    desk: DeskMonth,
    paths: Sequence[Path],
    lists: Mapping[Path, Report],
    *,
    force: bool,
    first: Callable[[Mapping[str, str]], None],
) -> list[Path]:
    """Write a month to files by the endings of their names, all or none; return those that changed.

    Pages show what is to be read and signed, tables hold everything; `lists` are what else goes there.
    `first` is as in `safe_file.write_all`, of the files that name people.

    Raises E502, E503, E106, E108, E120.
    """
    for path in paths:
        if path.suffix.lower().lstrip(".") not in REPORTS["monthly"]:
            raise JcliError("E503", path=path.name, formats=", ".join(REPORTS["monthly"]))
    fills: dict[Path, Callable[[Path], None]] = {path: partial(_fill, desk, path=path) for path in paths}
    fills |= {
        path: partial(report_file.fill_from, desk.letterhead, one, path=path) for path, one in lists.items()
    }

    def note(files: Mapping[str, str]) -> None:
        """Let what names people be noted."""
        if naming := {
            name: seal for name, seal in files.items() if Path(name).suffix.lower() not in _OF_NOBODY
        }:
            first(naming)

    return safe_file.write_all(fills, force=force, first=note)


def _fill(desk: DeskMonth, part: Path, *, path: Path) -> None:
    from jamsostek_cli.reports.desk import page
    from jamsostek_cli.reports.letters import registry

    ending = path.suffix.lower()
    if ending == ".txt":
        part.write_text("\n".join(page.lines(desk)) + "\n", encoding="utf-8")
    elif ending in registry.WRITERS:
        laid_out = page.alone if ending in registry.PICTURES else page.whole
        registry.WRITERS[ending](laid_out(desk), part)
    else:
        report_file.fill_from(desk.letterhead, desk.report, part, path)
