"""What an import changed of workers who were known: old and new, so that nothing is replaced in silence."""

from collections import Counter
from typing import TYPE_CHECKING

from jamsostek_cli.domain.worker import FIELDS, concealed, number_of
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.store.register.workers import ChangedFact


def listed(changes: "Sequence[ChangedFact]") -> Table:
    """Return every fact that was changed, with what it was and what it is; numbers are masked."""
    return Table.of(
        "changes",
        changes,
        (
            Column("worker", of=lambda change: number_of(change.worker_id)),
            Column("field", of=lambda change: _field(change.field)),
            Column("old", of=lambda change: concealed(change.field, change.old)),
            Column("new_value", of=lambda change: concealed(change.field, change.new)),
        ),
    )


def counted(changes: "Sequence[ChangedFact]") -> Table:
    """Return by field how many known facts were replaced, and how many were filled in that were blank."""
    replaced = Counter(change.field for change in changes if change.old)
    filled = Counter(change.field for change in changes if not change.old)
    return Table.of(
        "changed_fields",
        [field for field in FIELDS if field in replaced or field in filled],
        (
            Column("field", of=_field),
            Column("replaced", Kind.COUNT, of=lambda field: replaced[field]),
            Column("filled", Kind.COUNT, of=lambda field: filled[field]),
        ),
        summed=("replaced", "filled"),
    )


def _field(field: str) -> Coded:
    return Coded(field, text(f"fact.{field}"))
