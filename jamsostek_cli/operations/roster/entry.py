"""A roster on its way into the register: page by page within one transaction, so that memory stays small."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import chain, count
from typing import TYPE_CHECKING

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.finding import LOOKALIKE
from jamsostek_cli.domain.worker import KnownWorker, MatchedRow, Place, RosterRow, RowOutcome
from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.people import lookalikes, matching
from jamsostek_cli.roster.people.likeness import Thresholds
from jamsostek_cli.roster.people.lookalikes import Pair, Register
from jamsostek_cli.roster.people.matching import Rules
from jamsostek_cli.roster.people.search import words
from jamsostek_cli.store.file import settings
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import (
    agencies,
    batches,
    corrections,
    likeness,
    roster_rows,
    search,
    workers,
)

if TYPE_CHECKING:
    from jamsostek_cli.roster.reading import Roster

_MANY = 1_000
"""With so many rows a register begins that has nobody yet, and its indexes wait for the last of them."""
_LAST = 2**62
"""A number that no worker will ever have."""

Watch = Callable[[Sequence[MatchedRow]], None]
"""Told the rows of each page as they were judged."""


@dataclass(slots=True, kw_only=True)
class Entered:
    """What became of the rows: counts by outcome, rows by finding, and the pairs that may be one person.

    `noted` are the rows on which such a pair was noted.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    pairs: int = 0
    noted: Collection[Place] = ()


def rules(connection: Connection) -> Rules:
    """Return what the office has settled about matching."""
    score, name = (settings.number(connection, key) for key in ("lookalike_score", "lookalike_name"))
    return Rules(Thresholds(score, name), likeness.different(connection), likeness.refused(connection))


def register(connection: Connection, first_new: int, last_new: int | None = None) -> Register:
    """Return the register as lookalikes are sought in it.

    Workers from the id `first_new` on are new, where `last_new` is given to that one.
    """
    last = _LAST if last_new is None else last_new
    return Register(
        new_ids=range(first_new, last + 1),
        how_many=lambda: likeness.how_many(connection, first_new, last),
        born_alike=lambda shared: likeness.born_alike(connection, first_new, last, shared),
        of_one_card=lambda: likeness.of_one_card(connection, first_new, last),
        new=lambda: likeness.new(connection, first_new, last),
        old=lambda niks: likeness.old(connection, first_new, last, niks),
        bearers=lambda niks: likeness.bearers(connection, niks),
        known=lambda ids: workers.known(connection, ids),
    )


def begin(
    connection: Connection,
    act: Act,
    roster: "Roster",
    *,
    agency_id: int | None,
    fixes: batches.Batch | None,
    purpose: batches.Purpose,
) -> tuple[int, str]:
    """Add the batch of a roster with its sheets; return the batch's id and number."""
    batch_id, number = batches.add(
        connection,
        act,
        file=roster.file,
        sha256=roster.sha256,
        agency=agency_id,
        rows=len(roster.rows),
        fixes=None if fixes is None else fixes.id,
        purpose=purpose,
    )
    _add_sheets(connection, roster, batch_id)
    return batch_id, number


def enter(
    connection: Connection,
    roster: "Roster",
    *,
    batch_id: int,
    agency_id: int | None,
    watch: Watch,
) -> Entered:
    """Judge and store every row of a roster, then seek those who may be one person."""
    settled = rules(connection)
    first_new = workers.next_id(connection)
    grouped = matching.groups(roster.rows.repeated(), settled)
    judge = matching.Judge(grouped, settled, count(first_new))
    entered = Entered()
    changed: set[int] = set()
    agency_ids: Mapping[str, int] = Memo(lambda name: agencies.id_of(connection, name))
    begins = first_new == 1 and len(roster.rows) >= _MANY
    with workers.indexed_at_the_end(connection) if begins else nullcontext():
        for rows in roster.rows.drained():
            known = known_of(connection, rows) if first_new > 1 else {}
            page = judge.page(rows, known)
            _store(connection, page, batch_id, agency_id, agency_ids)
            changed.update(one.worker_id for one in page if one.changes and one.worker_id)
            reached = [one.outcome for one in page]
            entered.outcomes += Counter({outcome.value: reached.count(outcome) for outcome in RowOutcome})
            said = ({finding.code for finding in row.findings} for row in rows if row.findings)
            entered.findings.update(chain.from_iterable(said))
            watch(page)
    if entered.outcomes[RowOutcome.NEW]:
        pairs = lookalikes.find(register(connection, first_new), settled.thresholds, settled.different)
        likeness.add_all(connection, (pair[:4] for pair in pairs), batch_id)
        entered.pairs = len(pairs)
        entered.noted = _note(connection, pairs, batch_id)
        search.bring_up(connection, words)
        entered.findings += Counter({LOOKALIKE: len(entered.noted)})
    search.refresh(connection, changed, words)
    return entered


def known_of(connection: Connection, rows: Sequence[RosterRow]) -> Mapping[str, KnownWorker]:
    """Return the workers of the register by the NIKs of rows; an old NIK that was put right is replaced."""
    niks = [row.nik for row in rows if row.nik]
    matching.corrected(rows, corrections.former(connection, niks))
    known = workers.known_by_nik(connection, [row.nik for row in rows if row.nik])
    return corrections.with_wrong(connection, known)


def _store(
    connection: Connection,
    page: Sequence[MatchedRow],
    batch_id: int,
    agency_id: int | None,
    agency_ids: Mapping[str, int],
) -> None:
    """Store the rows of a page: new workers, what others know better, and every row with its outcome."""
    arrivals = [one for one in page if one.outcome is RowOutcome.NEW]
    workers.add_all(
        connection,
        (
            (
                worker_id,
                row.nik,
                *row.facts,
                agency_ids[row.agency] if row.agency else agency_id,
                batch_id,
                row.sheet,
                row.row,
            )
            for row, _, worker_id, *_ in arrivals
        ),
    )
    changes = [(one, change) for one in page for change in one.changes]
    for one, (name, _old, new) in changes:
        workers.change(connection, one.worker_id, name, new)
    workers.note_changes(
        connection, ((one.worker_id, batch_id, *one.row.place, *change) for one, change in changes)
    )
    roster_rows.add_all(
        connection, batch_id, [one for one in page if one.row.findings or one.outcome is not RowOutcome.NEW]
    )
    roster_rows.add_plain(connection, batch_id, [one.worker_id for one in arrivals[:1] + arrivals[-1:]])


def _note(connection: Connection, pairs: Sequence[Pair], batch_id: int) -> list[Place]:
    """Note on the rows of a batch whom else their people may be; return where these rows stand."""
    places = roster_rows.places(connection, batch_id, {each for pair in pairs for each in pair.ids})
    notes = lookalikes.notes(pairs, places)
    for place in sorted(notes):
        said = roster_rows.findings_of(connection, batch_id, place)
        roster_rows.note(connection, batch_id, place, [*said, *notes[place]])
    return sorted(notes)


def _add_sheets(connection: Connection, roster: "Roster", batch_id: int) -> None:
    batches.add_sheets(
        connection,
        (
            (
                batch_id,
                position,
                sheet.name,
                sheet.reason,
                sheet.header_row,
                sheet.rows,
                sheet.skipped,
                json.dumps(dict(sheet.columns), ensure_ascii=False),
            )
            for position, sheet in enumerate(roster.sheets)
        ),
    )
