"""The heirs of a claim's member: recorded, put right, taken off."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.family import Heir
from jamsostek_cli.domain.nik import Nik
from jamsostek_cli.domain.worker import Worker, concealed
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.family import sheet as family_sheet
from jamsostek_cli.operations.claim.family.sheet import FamilySheet
from jamsostek_cli.rules.family.heirs import GROUP_OF
from jamsostek_cli.store.claim import claim_family, claims, heirs
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import workers
from jamsostek_cli.tables.typed import plain


def add(db: Database, act: Act, number: str, heir: Heir) -> FamilySheet:
    """Record an heir of the member of a claim, or who arranged the burial; who gets a number of their own.

    Raises E402, E470 (shares over the whole), E472 (died before the member), E475 (recorded already), E476
    (days out of order), E478 (the member has not died), E479 (the member's own NIK).
    """
    with db.writing() as connection:
        claim = claims.find(connection, number)
        worker = _dead(connection, claim)
        _refuse_more_than_all(claim, heir.share)
        heirs.add(connection, worker.id, heir, by=act.actor, on=act.today)
        added = heirs.of_member(connection, worker.id)[-1]
        _refuse(connection, claim, worker, added, act.today)
        _record(connection, act, "heir", claim, worker, after=_told(added))
        return family_sheet.of(connection, claim.number, act.today)


def change(
    db: Database, act: Act, number: str, who: str, facts: Mapping[str, object], *, reason: str
) -> FamilySheet:
    """Put facts of an heir right, by the names of `Heir`; raises as `add`, and E477 (no such heir)."""
    with db.writing() as connection:
        claim = claims.find(connection, number)
        worker = _dead(connection, claim)
        before = _found(connection, claim, who)
        changed = replace(before, **facts)  # type: ignore[arg-type]
        _refuse_more_than_all(claim, changed.share)
        heirs.change(connection, changed)
        _refuse(connection, claim, worker, changed, act.today)
        told = {"before": _told(before), "after": _told(changed)}
        _record(connection, act, "heir_set", claim, worker, reason=reason, **told)
        return family_sheet.of(connection, claim.number, act.today)


def remove(db: Database, act: Act, number: str, who: str, *, reason: str) -> FamilySheet:
    """Take an heir off who is none; the record stays. E402, E477 (no such heir), E480 (is to be paid)."""
    with db.writing() as connection:
        claim = claims.find(connection, number)
        worker = _dead(connection, claim)
        heir = _found(connection, claim, who)
        paid = claim_family.payee_of(connection, heir.id)
        if paid is not None:
            raise JcliError("E480", claim=paid, heir=heir.number)
        heirs.remove(connection, heir, on=act.today)
        _record(connection, act, "heir_remove", claim, worker, reason=reason, before=_told(heir))
        return family_sheet.of(connection, claim.number, act.today)


def _dead(connection: Connection, claim: Claim) -> Worker:
    worker = workers.by_id(connection, claim.worker_id)
    if worker.died_on is None:
        raise JcliError("E478", claim=claim.number, worker=worker.number)
    return worker


def _found(connection: Connection, claim: Claim, who: str) -> Heir:
    """Return the heir called by number or name; E477 where none is, or several are."""
    family = heirs.of_member(connection, claim.worker_id)
    meant = [one for one in family if who.strip() == str(one.number) or plain(who) == plain(one.name)]
    if len(meant) != 1:
        raise JcliError("E477", claim=claim.number, known=tuple(str(one.number) for one in family))
    return meant[0]


def _refuse(connection: Connection, claim: Claim, worker: Worker, heir: Heir, today: datetime.date) -> None:
    """Refuse an heir, as the file has it now, who cannot be one."""
    if heir.nik is not None and heir.nik == worker.nik:
        raise JcliError("E479", claim=claim.number)
    known = next(one for one in heirs.of_member(connection, worker.id) if one.id == heir.id)
    days = [day for day in (known.birth_date, known.died_on) if day is not None]
    if days != sorted(days) or any(day > today for day in days):
        raise JcliError("E476", claim=claim.number, today=today, date=days[-1], remedy="E476.heir")
    assert worker.died_on is not None  # noqa: S101 - `_dead` has looked
    if known.died_on is not None and known.died_on <= worker.died_on:
        raise JcliError("E472", claim=claim.number, heir=heir.number, date=known.died_on)
    others = [one for one in heirs.of_member(connection, worker.id) if one.id != heir.id]
    for other in others:
        same_name = plain(other.name) == plain(heir.name) and other.relation is heir.relation
        both = heir.nik is not None and other.nik is not None
        if heir.nik == other.nik if both else same_name and heir.birth_date in {None, other.birth_date}:
            raise JcliError("E475", claim=claim.number, heir=other.number)
    group = [one for one in (known, *others) if GROUP_OF[one.relation] is GROUP_OF[heir.relation]]
    living = [one.share for one in group if one.share is not None and one.died_on is None]
    _refuse_more_than_all(claim, sum(living, Decimal(0)))


def _refuse_more_than_all(claim: Claim, share: Decimal | None) -> None:
    if share is not None and share > 1:
        raise JcliError("E470", claim=claim.number, percent=f"{float(share * 100):g}")


def _record(
    connection: Connection,
    act: Act,
    step: str,
    claim: Claim,
    worker: Worker,
    *,
    reason: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    subject = f"{claim.number} {worker.number}"
    audit.record(
        connection, act, action=f"claim.{step}", subject=subject, reason=reason, before=before, after=after
    )


def _told(heir: Heir) -> dict[str, str | int | None]:
    """Return an heir as the audit trail keeps them: as stored, with NIK and phone masked."""
    kept = heirs.stored(heir)
    nik = None if heir.nik is None else Nik(heir.nik).masked
    return {"number": heir.number, **kept, "nik": nik, "phone": concealed("phone", heir.phone)}
