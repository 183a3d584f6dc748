"""Rows of a list of people whom another payer covers: a NIK and a name are enough."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from jamsostek_cli.domain.month import Span
from jamsostek_cli.domain.worker import MatchedRow, Place, RosterRow, RowOutcome

MONTHS = "months"
"""What a row of such a list changes."""


class ListedRow(NamedTuple):
    """A row with its outcome, and the months it adds to what is known of the payer."""

    matched: MatchedRow
    adds: tuple[Span, ...] = ()


def match(
    rows: Iterable[RosterRow],
    span: Span,
    known: Mapping[str, Sequence[Span]],
    workers: Mapping[str, int],
) -> list[ListedRow]:
    """Judge every row of a list that says: these people are covered in `span`.

    `known` holds the months known of this payer, `workers` our workers, both by NIK. No row waits for a
    person: whoever has no usable NIK or no name is rejected.
    """
    first: dict[str, Place] = {}
    listed: list[ListedRow] = []
    for row in rows:
        if row.nik is None:
            listed.append(ListedRow(MatchedRow(row, RowOutcome.REJECTED)))
            continue
        ours = workers.get(row.nik)
        if row.nik in first:
            listed.append(ListedRow(MatchedRow(row, RowOutcome.DUPLICATE, ours, first[row.nik])))
            continue
        first[row.nik] = row.place
        listed.append(_judged(row, span, known.get(row.nik, ()), ours))
    return listed


def _judged(row: RosterRow, span: Span, known: Sequence[Span], ours: int | None) -> ListedRow:
    adds = span.without(known)
    if not adds:
        return ListedRow(MatchedRow(row, RowOutcome.UNCHANGED, ours))
    if not known:
        return ListedRow(MatchedRow(row, RowOutcome.NEW, ours), adds)
    changes = tuple((MONTHS, None, f"{one.first}..{one.last}") for one in adds)
    return ListedRow(MatchedRow(row, RowOutcome.CHANGED, ours, changes=changes), adds)
