"""Rosters that are wanted whole: refused with what stands in the way when a row would not get in."""

from collections.abc import Iterable
from typing import Final

from jamsostek_cli.domain.worker import MatchedRow, RowOutcome
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.roster.reading import Roster

_NAMED: Final = 50
"""So many rows are named in an error."""


class Whole:
    """Told the rows of a roster, page by page; `refuse` ends the import where one of them did not get in."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._named: list[str] = []
        self._count = 0

    def take(self, rows: Iterable[MatchedRow]) -> None:
        """Take the rows of a page as they were judged."""
        for matched in rows:
            if matched.outcome in {RowOutcome.REVIEW, RowOutcome.REJECTED}:
                self._count += 1
                if self._count <= _NAMED:
                    self._named.append(self._said(matched))

    def refuse(self) -> None:
        """Raise E226, with the rows, where a row would be rejected or would wait for a decision."""
        if self._count:
            more = [text("say.rows_more", count=figures.count(self._count - _NAMED))]
            rows = "; ".join([*self._named, *(more if self._count > _NAMED else [])])
            raise JcliError("E226", path=self._roster.file, count=self._count, rows=rows)

    def _said(self, matched: MatchedRow) -> str:
        from jamsostek_cli.roster.findings import FINDINGS

        row = matched.row
        why = dict.fromkeys(FINDINGS[one.code].title() for one in row.findings)
        place = text("say.see_sheet", sheet=self._roster.sheets[row.sheet].name, row=row.row)
        return f"{place} ({', '.join(why)})"
