"""BPJS's list of claims, carried out in one transaction: all of it or nothing, unless a part is wanted."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.bpjs_claims import ListReply, ListUse
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.bpjs.claims.carrier import ClaimCarrier
from jamsostek_cli.operations.bpjs.claims.outcome import ClaimListDone, ListTerms
from jamsostek_cli.roster.lists import claims as listed
from jamsostek_cli.roster.lists.claims import ClaimList
from jamsostek_cli.store.claim import claim_filing
from jamsostek_cli.store.file import officers
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.opening import Opening

_NAMED: Final = 10
"""So many rows are named in a refusal."""


def carry_out(
    db: Database,
    act: Act,
    path: Path,
    terms: ListTerms,
    *,
    opening: "Opening | None" = None,
    dry_run: bool = False,
    partial: bool = False,
) -> ClaimListDone:
    """Carry out what a list of claims says; one that changes nothing writes nothing.

    BPJS's word is enough for a payment of a claim that the office has not verified: it is verified at what
    the rules say, by `BPJS`. All other rules of claims hold. With `partial` the rows that cannot be carried
    out are left out; else they are refused: the only one with its own code, several with E360, E376 where
    the list knows nobody of the register. Raises what `roster.lists.claims.read` raises about the file, and
    E481 to E483 as `audit.record`.
    """
    told = listed.read(path, act.today, opening, payments=terms.use is ListUse.PAYMENTS)
    with db.trying() as connection:
        done, _ = _run(connection, act, told, terms)
    if dry_run:
        refuse_strangers(done)
        return done
    if not done.changes or (done.problems and not partial):
        refuse_problems(done, partial=partial)
        return done
    with db.writing() as connection:
        done, carrier = _run(connection, act, told, terms)
        refuse_problems(done, partial=partial)
        _record(connection, act, told, terms, done, carrier)
    return done


def _run(
    connection: Connection, act: Act, told: ClaimList, terms: ListTerms
) -> tuple[ClaimListDone, ClaimCarrier]:
    """Carry the rows out, once more where two of them cannot both be true: then neither is."""
    torn: set[int] = set()
    while True:
        connection.execute("SAVEPOINT claim_list")
        carrier = ClaimCarrier(connection, act, told, terms, frozenset(torn))
        rows = tuple(map(carrier.take, told.rows))
        if not carrier.torn:
            break
        connection.execute("ROLLBACK TO claim_list")
        torn |= carrier.torn
    absent: list[claim_filing.Absent] = []
    if terms.use is ListUse.EVERYTHING:
        days = [row.paid_on for row in rows if row.paid_on is not None]
        period = min(days, default=None), max(days, default=None)
        absent = claim_filing.absent(connection, carrier.there, *period)
    return ClaimListDone(file=told.file, rows=rows, absent=tuple(absent)), carrier


def refuse_strangers(done: ClaimListDone) -> None:
    """Raise E376 for a list that knows nobody: it is another city's."""
    strangers = [row for row in done.problems if row.error is not None and row.error.code == "E361"]
    if strangers and len(strangers) == len(done.rows):
        raise JcliError("E376", path=done.file, count=len(strangers))


def refuse_problems(done: ClaimListDone, *, partial: bool) -> None:
    """Raise what stands against a list, unless the rows it concerns are to be left out.

    A list that knows nobody is refused in any case (E376).
    """
    refuse_strangers(done)
    problems = done.problems
    if partial or not problems:
        return
    if len(problems) == 1 and problems[0].error is not None:
        place = f"{done.file}, {problems[0].place}"
        raise problems[0].error.about(place)
    shown = [f"{row.place} [{row.error.code if row.error else '-'}]" for row in problems[:_NAMED]]
    raise JcliError("E360", path=done.file, count=len(problems), rows=", ".join(shown))


def _record(
    connection: Connection,
    act: Act,
    told: ClaimList,
    terms: ListTerms,
    done: ClaimListDone,
    carrier: ClaimCarrier,
) -> None:
    if done.paid:
        officers.refuse_stranger(connection, act.actor, act.login, "claim.pay")
    if done.those(ListReply.REFUSED):
        officers.refuse_stranger(connection, act.actor, act.login, "claim.reject")
    audit.record(
        connection,
        act,
        action="bpjs.claims" if terms.use is ListUse.EVERYTHING else "claim.pay",
        subject=" ".join(carrier.after),
        reason=told.file,
        after={
            "file": told.file,
            "sha256": told.sha256,
            "payer": terms.payer,
            "decision": terms.decision,
            "rows": {reply.value: rows for reply, rows in done.counts.items() if rows},
            **carrier.after,
        },
    )
