"""Rosters in: read, check, match, store, in one transaction."""

from collections.abc import Sequence

from jamsostek_cli.domain.worker import MatchedRow
from jamsostek_cli.operations.roster import entry, incoming
from jamsostek_cli.operations.roster import plan as roster_plan
from jamsostek_cli.operations.roster.incoming import RosterImported
from jamsostek_cli.operations.roster.plan import Draft, Plan
from jamsostek_cli.operations.roster.request import ImportRequest
from jamsostek_cli.operations.roster.whole import Whole
from jamsostek_cli.roster.files.parent import Workbook
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import workers
from jamsostek_cli.store.register.batches import Purpose

_AS_IT_IS = ImportRequest()


def import_roster(
    db: Database, act: Act, workbook: Workbook, request: ImportRequest = _AS_IT_IS
) -> RosterImported:
    """Import one roster file; a dry run goes all the way, stores nothing, and gives the plan.

    Headings explained once for an agency are remembered. Raises E2xx for a file that cannot be read or is no
    roster, E208 for one imported before, E216 and E217 when the file or the database has moved on, E226 for
    one that was wanted whole and is not.
    """
    was_read = incoming.read(db, act, workbook, request)
    roster = was_read[0]
    whole = Whole(roster)
    draft = Draft(roster) if request.is_planned else None
    with db.changing(dry_run=request.dry_run) as connection:
        begun = incoming.begin(connection, act, was_read, request.agency, Purpose.REGISTER)

        def watch(page: Sequence[MatchedRow]) -> None:
            if draft is not None:
                draft.add(page)
            begun.returning.take(page)
            whole.take(page)

        entered = entry.enter(
            connection, roster, batch_id=begun.batch_id, agency_id=begun.agency_id, watch=watch
        )
        if request.whole:
            whole.refuse()
        changes = workers.changes_by(connection, begun.batch_id)
        made: Plan | None = None
        if draft is not None:
            made = draft.made(workbook, begun.head, begun.agency, entered.noted, hints=request.hints)
            roster_plan.refuse_drift(request.plan or made, made)
        incoming.finish(
            connection,
            act,
            begun,
            request.hints,
            action="roster.import",
            facts={"pairs": entered.pairs, **entered.outcomes},
        )
    return RosterImported(
        file=roster.file,
        path=workbook.path,
        batch=None if request.dry_run else begun.number,
        rows=len(roster.rows),
        outcomes=entered.outcomes,
        findings=incoming.by_frequency(entered.findings),
        sheets=roster.sheets,
        plan=made,
        changes=tuple(changes),
    )
