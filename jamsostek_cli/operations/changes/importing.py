"""A list of changes, carried out in one transaction."""

from collections import Counter
from dataclasses import replace

from jamsostek_cli.operations.changes.carrier import Carrier
from jamsostek_cli.operations.changes.outcome import ChangesDone, ChangeTerms
from jamsostek_cli.operations.roster import incoming
from jamsostek_cli.operations.roster.request import ImportRequest
from jamsostek_cli.operations.roster.whole import Whole
from jamsostek_cli.roster.files.parent import Workbook
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import corrections, roster_rows
from jamsostek_cli.store.register.batches import Purpose


def carry_out(
    db: Database, act: Act, workbook: Workbook, terms: ChangeTerms, request: ImportRequest
) -> ChangesDone:
    """Carry out a list of changes row by row; one that cannot be is left out, listed and kept in the batch.

    Raises what importing a roster raises about the file, E226 where it was wanted whole and is not.
    """
    was_read = incoming.read(db, act, workbook, request)
    roster = was_read[0]
    with db.changing(dry_run=request.dry_run) as connection:
        begun = incoming.begin(connection, act, was_read, request.agency, Purpose.CHANGES)
        rows = list(roster.rows)
        carrier = Carrier(connection, act, begun, terms, rows)
        done = [carrier.take(row) for row in rows]
        matched = [one[0] for one in done]
        if request.whole:
            whole = Whole(roster)
            whole.take(matched)
            whole.refuse()
        roster_rows.add_all(connection, begun.batch_id, matched)
        carrier.keep()
        begun.returning.take(matched)
        seq = incoming.finish(
            connection,
            act,
            begun,
            Hints(),  # how such a list is headed says nothing of the rosters of its sender
            action="changes.import",
            before=carrier.before,
            facts={"changes": carrier.after, **Counter(one.outcome.value for one in matched)},
        )
        for worker_id, put in carrier.corrected:
            corrections.add_all(connection, worker_id, put.changes, audit_seq=seq, answers=put.answers)
    return ChangesDone(
        file=roster.file,
        batch=None if request.dry_run else begun.number,
        rows=tuple(
            replace(one, sheet=roster.sheets[matched_row.row.sheet].name) for matched_row, one in done
        ),
        strangers=terms.strangers,
    )
