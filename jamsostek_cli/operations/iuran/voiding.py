"""Contributions: a payment that was recorded wrongly, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures
from jamsostek_cli.operations.claim.worth import pricing
from jamsostek_cli.operations.claim.worth import repriced as claims_repriced
from jamsostek_cli.operations.claim.worth.repriced import Repriced
from jamsostek_cli.operations.iuran import reckoning
from jamsostek_cli.operations.office import backup
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.store.file import backup as backups
from jamsostek_cli.store.file import four_eyes
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.iuran import voids
from jamsostek_cli.store.iuran.voids import PaidBills


@dataclass(frozen=True, slots=True)
class IuranVoided:
    """A payment taken back, the claims worth something else now, and the backup made first, if any."""

    payment: PaidBills
    repriced: tuple[Repriced, ...]
    backup: str | None


def voidable(db: Database, proof: str) -> PaidBills:
    """Return the payment that would be taken back; E353, E354 as `void`."""
    with db.reading() as connection:
        return _voidable(connection, proof)


def void(db: Database, act: Act, proof: str, *, reason: str, shown: PaidBills | None = None) -> IuranVoided:
    """Take the payment with a proof number back by a reversing entry.

    Nobody has its months paid any more: their bills are open again, what they took off for months not owed is
    due again, and the proof may pay once more. Claims that wait to be verified are priced again. What was
    recorded on an earlier day is backed up first.
    Raises E353 (there is no such payment), E354 (a later payment rests on it), E355 (it is no longer what was
    `shown` to somebody who said yes to it), E487 (who recorded it, where officers are named); and what
    `backup.make` raises.
    """
    with db.reading() as connection:
        recorded_at = backups.recorded_at(connection, _voidable(connection, proof).audit_seq)
    backed_up = backup.before_undoing(db, act, figures.local_day(recorded_at))
    with db.writing() as connection:
        payment = _voidable(connection, proof)
        if shown is not None and shown != payment:
            raise JcliError("E355", proof=payment.proof)
        payers = audit.actors(connection, [payment.audit_seq])
        four_eyes.refuse_first_person(connection, act, payers, payment.proof)
        first = voids.first_touched(connection, payment)
        before = claims_repriced.worths(connection, first)
        seq = audit.record(
            connection,
            act,
            action="iuran.void",
            subject=f"{payment.span.first}..{payment.span.last} {payment.payer}",
            reason=reason,
            before=_facts(payment),
        )
        voids.take_back(connection, payment, on=act.today.isoformat(), reason=reason, audit_seq=seq)
        _open_again(connection, payment)
        pricing.price_again(connection)
        return IuranVoided(payment, claims_repriced.repriced(connection, first, before), backed_up)


def _voidable(connection: Connection, proof: str) -> PaidBills:
    payment = voids.find(connection, proof)
    voids.refuse_what_rests_on(connection, payment)
    return payment


def _facts(payment: PaidBills) -> Mapping[str, object]:
    return {
        "proof": payment.proof,
        "paid_on": payment.paid_on,
        "amount": payment.amount,
        "months": len(payment.months),
    }


def _open_again(connection: Connection, payment: PaidBills) -> None:
    """Reckon the bills of the payment's months on what is owed now, and keep them open."""
    law = office_law.in_force(connection)
    for month in payment.months:
        credited = reckoning.takes_credits(connection, payment.payer, month)
        bill = reckoning.reckoned(connection, payment.payer, month, law, credited=credited)
        if bill is not None:
            reckoning.put(connection, bill)
