"""Files that left the office, as a table."""

import datetime
from typing import TYPE_CHECKING

from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.store.privacy.departures import Departure


def departures(left: "Sequence[Departure]", today: datetime.date, key: str = "departures") -> Table:
    """Return files that left as a table; `late` are those that should be deleted by now."""
    return Table.of(
        key,
        left,
        (
            Column("file"),
            Column("on", Kind.DATE),
            Column("actor"),
            Column("people", Kind.COUNT),
            Column("recipient", of=lambda one: _known("recipient", one.to)),
            Column("why", of=lambda one: _known("file_kind", one.why)),
            Column("delete_by", Kind.DATE),
            Column("deleted_on", Kind.DATE),
            Column("late", Kind.FLAG, of=lambda one: one.deleted_on is None and one.delete_by < today),
            Column("sha256"),
            Column("seq", Kind.COUNT),
        ),
        lead=("file", "people", "recipient", "delete_by", "deleted_on"),
    )


def _known(kind: str, said: str) -> Coded:
    """Return a usual recipient or purpose in words, another one as somebody said it."""
    return Coded(said, known(f"{kind}.{said}") or said)
