"""From a file to a roster: every sheet looked at, every person's row checked."""

import datetime
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.area import Area
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.checks import Checks
from jamsostek_cli.roster.files.parent import Workbook
from jamsostek_cli.roster.files.sheet import Sheet
from jamsostek_cli.roster.pages import Pages
from jamsostek_cli.roster.sheet_reader import SheetReader
from jamsostek_cli.roster.sheet_report import EMPTY, SheetReport, unread
from jamsostek_cli.roster.sheets.guessing import Proposal
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.roster.sheets.walk import Meter, Progress

if TYPE_CHECKING:
    from jamsostek_cli.roster.sheets.continuing import Ended

_TEXT: Final = "csv"
_NAMED: Final = 10
_USUAL: Final = Proposal(headings={"nik": "No. Identitas"})
"""What an officer may say of headings that nobody knows."""


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster as read: the file's name, the hash of its bytes, its kind, its sheets, and its people."""

    file: str
    sha256: str
    kind: str
    sheets: tuple[SheetReport, ...]
    rows: Pages


def read(
    workbook: Workbook,
    area: Area,
    today: datetime.date,
    progress: Progress | None = None,
    hints: Hints | None = None,
) -> Roster:
    """Read a roster; E201 to E210, E218 and E219 (columns without titles) where it cannot be read as one.

    `progress` is told the rows done and the rows of the sheets opened so far (0 where nobody knows).
    """
    rows = Pages()
    reports: list[SheetReport] = []
    hints = hints or Hints()
    checks = Checks(
        area,
        today,
        since_1904=workbook.since_1904,
        torn=workbook.kind == _TEXT,
        occupation=hints.occupation,
    )
    sha256 = workbook.sha256  # of a file that was not refused, while the other process looks for its rows
    sheets = _Sheets(checks, rows, Meter(progress), hints, reports)
    for sheet in workbook.sheets:
        sheets.take(sheet)
    path = workbook.path
    is_read = any(report.read for report in reports)
    if not is_read and all(report.reason == EMPTY for report in reports):
        raise JcliError("E203", path=path.name)
    if not rows:
        proposal = next((report.proposal for report in reports if report.proposal), _USUAL)
        if proposal.columns:
            raise JcliError("E219", path=path.name, columns=proposal.columns)
        untold = proposal.headings and any(report.proposal for report in reports)
        code = "E207" if is_read and not untold else "E206"
        raise JcliError(code, path=path.name, sheets=_named(reports), options=proposal.options)
    illegible = checks.legibility.columns(rows)
    reports = [replace(report, illegible=illegible.get(at, ())) for at, report in enumerate(reports)]
    name = path.name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text
    return Roster(name, sha256, workbook.kind, tuple(reports), rows)


def _named(reports: list[SheetReport]) -> str:
    """Name the sheets of a file in one line."""
    return ", ".join(report.name for report in reports[:_NAMED]) + (", …" if len(reports) > _NAMED else "")


class _Sheets:
    """Reads one sheet after the other, and the tables that stand beside one another in it."""

    def __init__(
        self, checks: Checks, rows: Pages, meter: Meter, hints: Hints, reports: list[SheetReport]
    ) -> None:
        self._checks = checks
        self._rows = rows
        self._meter = meter
        self._hints = hints
        self._reports = reports
        self._ended: dict[int, Ended] = {}

    def take(self, sheet: Sheet, beside: int = 0, kelurahan: str = "") -> None:
        """Read a sheet; `beside` counts the tables to its left that are read as sheets of their own."""
        if sheet.barred:
            self._reports.append(unread(sheet, sheet.barred))
            return
        reader = SheetReader(
            len(self._reports),
            sheet,
            self._checks,
            self._rows,
            self._meter,
            self._hints,
            self._ended.get(beside),
            kelurahan,
        )
        self._reports.append(reader.read())
        if reader.ended is not None:
            self._ended[beside] = reader.ended
        if (right := reader.right) is not None:
            self.take(right._replace(name=self._free(right.name)), beside + 1, reader.titled)

    def _free(self, name: str) -> str:
        """Return a name that no sheet has yet."""
        taken = {report.name for report in self._reports}
        return next(
            free for number in count(1) if (free := name if number == 1 else f"{name} {number}") not in taken
        )
