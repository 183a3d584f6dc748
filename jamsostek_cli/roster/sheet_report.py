"""What became of a sheet: read or not and why, and every one of its lines accounted for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from jamsostek_cli.roster.files.sheet import Sheet
from jamsostek_cli.roster.legibility import IllegibleColumn
from jamsostek_cli.roster.sheets.guessing import NO_PROPOSAL, Proposal
from jamsostek_cli.roster.sheets.line_kinds import LineKind

READ: Final = "roster"
NO_HEADER: Final = "no-header"
EMPTY: Final = "empty"


class LeftOut(StrEnum):
    """The kinds of line that hold nobody: above the table, its headings, and what stands between people."""

    TITLE = "title"
    HEADING = "heading"
    TOTAL = "total"
    NOTE = "note"
    LABEL = "label"
    NUMBERS = "numbers"
    PREPARED = "prepared"
    BLANK = "blank"


_EXPECTED: Final = frozenset({LeftOut.TITLE, LeftOut.HEADING, LeftOut.BLANK})
"""Lines of which nobody asks whether they were people."""


_OF_LINES: Final = {
    LineKind.BLANK: LeftOut.BLANK,
    LineKind.PREFILLED: LeftOut.PREPARED,
    LineKind.LABEL: LeftOut.LABEL,
    LineKind.HEADER: LeftOut.HEADING,
    LineKind.TOTAL: LeftOut.TOTAL,
    LineKind.FOOTER: LeftOut.NOTE,
    LineKind.END: LeftOut.NOTE,
}
_NUMBER: Final = re.compile(r"-?(?:rp)?[\d.,\s]*\d[\d.,\s]*[%-]?", re.IGNORECASE | re.ASCII)
"""A figure alone, in a line that only sums up."""


def left_out(kind: LineKind, shown: Sequence[str]) -> LeftOut:
    """Return what a line below the header counts as that holds nobody."""
    alone = kind in {LineKind.PREFILLED, LineKind.LABEL}
    figures = alone and all(_NUMBER.fullmatch(text) for text in shown if text)
    return LeftOut.NUMBERS if figures else _OF_LINES[kind]


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What became of a sheet.

    `reason` is `roster`, `no-header`, `empty`, `hidden` or `not-a-roster`; `columns` holds the heading of
    each field, `ignored` the headings nobody answers to. `rows` and the counts in `left_out` add up to the
    lines of the sheet that hold something. Hidden rows and columns are read like all others, and named here.
    `continues` names the sheet whose heading counts here too; `people` counts the rows of a sheet that was
    not read and yet holds NIKs, and `proposal` says what its columns seem to hold. `illegible` are the
    columns of which too many cells could not be read.
    """

    name: str
    read: bool
    reason: str
    header_row: int | None
    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    rows: int
    left_out: Mapping[LeftOut, int] = field(default_factory=lambda: MappingProxyType({}))
    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()
    continues: str = ""
    people: int = 0
    proposal: Proposal = NO_PROPOSAL
    illegible: Sequence[IllegibleColumn] = ()

    @property
    def skipped(self) -> int:
        """How many lines below the heading hold something and nobody."""
        return sum(self.not_people.values())

    @property
    def not_people(self) -> Mapping[LeftOut, int]:
        """The lines below the heading that hold something and nobody, by kind."""
        return {kind: count for kind, count in self.left_out.items() if kind not in _EXPECTED}

    @property
    def lines(self) -> int:
        """How many lines of the sheet hold something."""
        return self.rows + sum(self.left_out.values())


def unread(sheet: Sheet, reason: str, people: int = 0, proposal: Proposal = NO_PROPOSAL) -> SheetReport:
    """Return the report of a sheet that is not read."""
    return SheetReport(
        sheet.name,
        read=False,
        reason=reason,
        header_row=None,
        columns={},
        ignored=(),
        rows=0,
        people=people,
        proposal=proposal,
    )
