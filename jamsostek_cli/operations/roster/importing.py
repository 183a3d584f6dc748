"""Rosters in: read, check, match, store, in one transaction."""

from collections.abc import Sequence

from jamsostek_cli.domain.worker import MatchedRow
from jamsostek_cli.operations.roster import entry
from jamsostek_cli.operations.roster import plan as roster_plan
from jamsostek_cli.operations.roster.incoming import Progress, RosterImported, corrected, read
from jamsostek_cli.operations.roster.plan import Draft, Plan
from jamsostek_cli.roster.files.parent import Workbook
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.store.file import audit
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import agencies, batches, roster_rows


def import_roster(
    db: Database,
    act: Act,
    workbook: Workbook,
    *,
    agency: str | None = None,
    dry_run: bool = False,
    plan: Plan | None = None,
    progress: Progress | None = None,
    hints: Hints | None = None,
) -> RosterImported:
    """Import one roster file; a dry run goes all the way, stores nothing, and gives the plan.

    With a `plan` exactly that happens, or nothing. `hints` explain its columns; headings explained once
    for an agency are remembered. Raises E2xx for a file that cannot be read or is no
    roster, E208 for one imported before, E216 and E217 when the file or the database has moved on.
    """
    told = hints or Hints()
    roster, origin = read(db, act, workbook, agency=agency, progress=progress, told=told)
    with db.changing(dry_run=dry_run) as connection:
        batches.refuse_repeat(connection, roster.sha256)
        fixes = None if origin is None else batches.known(connection, origin.batch)
        batches.refuse_other_purpose(fixes, batches.Purpose.REGISTER)
        if agency is None and fixes is not None:
            agency = fixes.agency
        head = audit.head(connection)
        agency_id = None if agency is None else agencies.id_of(connection, agency)
        batch_id, number = entry.begin(
            connection, act, roster, agency_id=agency_id, fixes=fixes, purpose=batches.Purpose.REGISTER
        )
        draft = Draft(roster) if dry_run or plan is not None else None
        put_right: list[tuple[str, int]] = []

        def watch(page: Sequence[MatchedRow]) -> None:
            if draft is not None:
                draft.add(page)
            if origin is not None:
                put_right.extend(corrected(roster, page, origin))

        entered = entry.enter(connection, roster, batch_id=batch_id, agency_id=agency_id, watch=watch)
        now: Plan | None = None
        if draft is not None:
            now = draft.made(workbook, head, agency, entered.noted, hints=told)
            roster_plan.refuse_drift(plan or now, now)
        if agency_id is not None:
            agencies.remember_headings(connection, agency_id, told.headings)
        if fixes is not None:
            roster_rows.mark_fixed(connection, fixes.id, put_right, by=batch_id)
        audit.record(
            connection,
            act,
            action="roster.import",
            subject=number,
            after={
                "file": roster.file,
                "sha256": roster.sha256,
                "rows": len(roster.rows),
                "pairs": entered.pairs,
                "fixes": None if fixes is None else fixes.number,
                **entered.outcomes,
            },
        )
    return RosterImported(
        file=roster.file,
        batch=None if dry_run else number,
        rows=len(roster.rows),
        outcomes=entered.outcomes,
        findings=dict(sorted(entered.findings.items(), key=lambda item: (-item[1], item[0]))),
        sheets=roster.sheets,
        plan=now,
    )
