"""Claims verified that a list names, by claim number, NIK or card."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.domain.bpjs_claims import ListReply
from jamsostek_cli.domain.claim import ClaimKind, ClaimState
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.bpjs.claims.list import refuse_problems, refuse_strangers
from jamsostek_cli.operations.bpjs.claims.outcome import ClaimListDone, ClaimRow
from jamsostek_cli.operations.bpjs.claims.people import ListedPeople
from jamsostek_cli.operations.claim import verification
from jamsostek_cli.operations.claim.verification import Answers
from jamsostek_cli.roster.lists import claims as listed
from jamsostek_cli.roster.lists.claims import ListedClaim
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail.audit import Act

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.opening import Opening

_SETTLED = {ClaimState.VERIFIED, ClaimState.PAID}


def carry_out(
    db: Database,
    act: Act,
    path: Path,
    answers: Answers,
    *,
    opening: "Opening | None" = None,
    dry_run: bool = False,
    partial: bool = False,
) -> ClaimListDone:
    """Verify the claims of a list, all or (`partial`) those that can be; what is verified already stays.

    Raises as `claim_list.carry_out` about the list, as `verification.verify` about the only claim that cannot
    be verified, E360 where there are several.
    """
    told = listed.read(path, act.today, opening, payments=True)
    with db.reading() as connection:
        people = ListedPeople(connection, told.rows)
        rows = list(_counted_once(_found(people, row) for row in told.rows))
    left = [row.number for row in rows if row.reply is ListReply.VERIFIED and row.number]
    refusals: dict[str, JcliError] = {}
    while left:
        try:
            verification.verify(db, act, left, answers, dry_run=True)
        except JcliError as refusal:
            number = refusal.subject or str(refusal.facts["claim"])
            refusals[number] = refusal
            left.remove(number)
        else:
            break
    done = ClaimListDone(
        file=told.file, rows=tuple(_refused(row, refusals.get(row.number or "")) for row in rows), absent=()
    )
    refuse_strangers(done)
    if not dry_run:
        refuse_problems(done, partial=partial)
        if left:
            verification.verify(db, act, left, answers)
    return done


def _found(people: ListedPeople, row: ListedClaim) -> ClaimRow:
    """Return the claim that a row names, `verified` where that is to be done."""
    said = ClaimRow(
        sheet=row.sheet,
        row=row.row,
        reply=ListReply.PROBLEM,
        nik=masked(row.nik) if row.nik else None,
        name=row.name,
    )
    try:
        worker = people.person(row)
        claim = next(filter(None, people.claims(worker, row, row.kinds)), None)
    except JcliError as error:
        return replace(said, error=error)
    if claim is None:
        kind = next(iter(row.kinds), ClaimKind.JKM)
        return replace(said, error=JcliError("E370", worker=worker.number, kind=kind))
    return replace(
        said,
        reply=ListReply.KNOWN if claim.state in _SETTLED else ListReply.VERIFIED,
        number=claim.number,
        worker=worker.number,
        nik=masked(worker.nik),
        name=worker.facts.name,
        kind=claim.kind,
        due=claim.amount,
    )


def _counted_once(rows: Iterable[ClaimRow]) -> Iterator[ClaimRow]:
    """Yield the rows, those of a claim that an earlier one names as `repeated`."""
    seen: set[str] = set()
    for row in rows:
        again = row.number is not None and row.number in seen
        seen.add(row.number or "")
        yield replace(row, reply=ListReply.REPEATED) if again else row


def _refused(row: ClaimRow, refusal: JcliError | None) -> ClaimRow:
    is_it = refusal is not None and row.reply is ListReply.VERIFIED
    return replace(row, reply=ListReply.PROBLEM, error=refusal) if is_it else row
