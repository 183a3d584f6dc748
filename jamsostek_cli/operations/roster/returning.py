"""The rows of a fix-file that came back: which row of the earlier batch each of them is, and which got in."""

from collections.abc import Iterable

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import MatchedRow, RowOutcome
from jamsostek_cli.roster.handed_out.fix_origin import Origin
from jamsostek_cli.roster.reading import Roster
from jamsostek_cli.store.register import fixed_rows
from jamsostek_cli.store.register.fixed_rows import RowBack


class Returning:
    """Told the rows of a roster, page by page; of one that is no fix-file (`origin` None) nothing is kept."""

    def __init__(self, roster: Roster, origin: Origin | None) -> None:
        self._roster = roster
        self._origin = origin
        self._in: list[tuple[str, int]] = []
        self._out: list[RowBack] = []

    def take(self, rows: Iterable[MatchedRow]) -> None:
        """Take the rows of a page as they were judged."""
        if self._origin is None:
            return
        for matched in rows:
            row = matched.row
            sheet = self._roster.sheets[row.sheet]
            origin = self._origin.of(sheet.name, row.row, row.raw or {}, rows=sheet.rows)
            if origin is None:
                continue
            if matched.outcome in {RowOutcome.REVIEW, RowOutcome.REJECTED}:
                self._out.append(RowBack(row.place, origin))
            else:
                self._in.append(origin)

    def store(self, connection: Connection, batch_id: int, *, of: int) -> None:
        """Mark what is put right of the batch `of`, and keep which of its rows those still wrong are."""
        fixed_rows.remember(connection, batch_id, self._out, of=of)
        fixed_rows.mark(connection, of, self._in, by=batch_id)
