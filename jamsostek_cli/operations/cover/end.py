"""Cover that the office ends before its time, with the reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import EndReason, Enrolment, EnrolmentStatus
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.worker import Worker, WorkerStatus
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.iuran.billed import BilledRates
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.iuran import rates
from jamsostek_cli.store.register import covered_elsewhere, workers
from jamsostek_cli.store.register.covered_elsewhere import Elsewhere
from jamsostek_cli.tables.wording import payer_name

_OPEN: Final = (EnrolmentStatus.PROPOSED, EnrolmentStatus.SUBMITTED, EnrolmentStatus.ACTIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedEnrolment:
    """An enrolment that was ended: `last` is its last month now, None where it never began.

    `after` are months paid beyond that, which stay paid until a bill credits them; `amount` their rupiah.
    """

    enrolment: Enrolment
    last: Month | None
    after: tuple[Span, ...]
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverEnded:
    """What ended: enrolments of ours, or months of another payer's list; `moved` where the worker left."""

    worker: Worker
    month: Month
    reason: EndReason
    enrolments: tuple[EndedEnrolment, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    moved: bool = False

    @property
    def months_after(self) -> int:
        """How many months are paid beyond the end."""
        return sum(len(span) for one in self.enrolments for span in one.after)

    @property
    def amount_after(self) -> int:
        """The rupiah of these months."""
        return sum(one.amount for one in self.enrolments)


def end(
    db: Database,
    act: Act,
    who: str,
    *,
    month: Month,
    reason: EndReason,
    note: str = "",
    payer: str | None = None,
) -> CoverEnded:
    """Make `month` the last covered one of a worker; what would only have begun later never begins.

    `payer` picks the enrolments of one payer, or what a list of that payer says. Who has moved away is marked
    as such, and has all enrolments ended, whoever pays. Raises E401, E310 (a payer whom nobody knows), E320
    (nothing is open), E321 (several payers: say which), E322 (it begins later, and months of it are paid),
    E323 (it ends earlier), E421 (dead or merged).
    """
    with db.writing() as connection:
        worker = workers.find(connection, who)
        ended = end_of(connection, act, worker, month=month, reason=reason, payer=payer)
        audit.record(
            connection,
            act,
            action="cover.end",
            subject=worker.number,
            reason=f"{reason}: {note}" if note else reason.value,
            before={"status": worker.status, "ends": _before(ended)},
            after={"month": str(month), "paid_after": ended.months_after, "amount_after": ended.amount_after},
        )
    return ended


def end_of(
    connection: Connection,
    act: Act,
    worker: Worker,
    *,
    month: Month,
    reason: EndReason,
    payer: str | None = None,
) -> CoverEnded:
    """End a worker's cover within a running operation, which records the act; raises as `end`."""
    if worker.status in {WorkerStatus.DECEASED, WorkerStatus.MERGED}:
        raise JcliError("E421", worker=worker.number, status=worker.status)
    payer = covered_elsewhere.known_payer(connection, payer)
    enrolled = [e for e in enrolments.of_worker(connection, worker.id) if e.status in _OPEN]
    mine = [e for e in enrolled if payer in {None, e.payer}]
    if mine:
        return _end_enrolments(connection, act, worker, mine, month, reason)
    return _end_listed(connection, worker, payer, month, reason)


def _before(ended: CoverEnded) -> dict[str, str]:
    """Return the last months as they were, by the id of the enrolment or the payer and months of the list."""
    ours = {f"enrolment {one.enrolment.id}": str(one.enrolment.end) for one in ended.enrolments}
    return ours | {f"{one.payer} {one.span.first}": str(one.span.last) for one in ended.elsewhere}


def _end_enrolments(
    connection: Connection,
    act: Act,
    worker: Worker,
    enrolled: Sequence[Enrolment],
    month: Month,
    reason: EndReason,
) -> CoverEnded:
    payers = sorted({enrolment.payer for enrolment in enrolled})
    moved = reason is EndReason.MOVED
    if len(payers) > 1 and not moved:
        raise JcliError("E321", worker=worker.number, payers=", ".join(map(payer_name, payers)))
    chosen = [enrolment for enrolment in enrolled if enrolment.end >= month]
    if not chosen and not moved:
        raise JcliError("E323", worker=worker.number, end=_latest(e.end for e in enrolled))
    billed = rates.billed(connection, (enrolment.id for enrolment in chosen))
    ended = tuple(_end_one(connection, act, worker, one, month, reason, billed) for one in chosen)
    if moved:
        workers.set_moved(connection, worker.id)
    return CoverEnded(worker=worker, month=month, reason=reason, enrolments=ended, moved=moved)


def _end_one(
    connection: Connection,
    act: Act,
    worker: Worker,
    enrolment: Enrolment,
    month: Month,
    reason: EndReason,
    billed: BilledRates,
) -> EndedEnrolment:
    """End one enrolment; what BPJS never had, or what would only begin later, is refused: it never began."""
    if enrolment.status is not EnrolmentStatus.ACTIVE or month < enrolment.start:
        if enrolment.paid:
            raise JcliError("E322", worker=worker.number, start=enrolment.start)
        enrolments.never_began(connection, enrolment, reason, on=act.today.isoformat())
        return EndedEnrolment(enrolment=enrolment, last=None, after=(), amount=0)
    enrolments.end(connection, enrolment, month, reason)
    after, amount = paid_beyond(enrolment, month, billed)
    return EndedEnrolment(enrolment=enrolment, last=month, after=after, amount=amount)


def paid_beyond(enrolment: Enrolment, month: Month, billed: BilledRates) -> tuple[tuple[Span, ...], int]:
    """Return the months of an enrolment that are paid after `month`, and the rupiah billed for them."""
    after = tuple(
        Span(max(span.first, month.plus(1)), span.last) for span in enrolment.paid if span.last > month
    )
    return after, sum(billed.amount(enrolment.id, enrolment.terms, span) for span in after)


def _end_listed(
    connection: Connection, worker: Worker, payer: str | None, month: Month, reason: EndReason
) -> CoverEnded:
    spans = [one for one in covered_elsewhere.of_person(connection, worker.id) if one.payer == payer]
    if not spans:
        raise JcliError("E320", worker=worker.number, payer=payer_name(payer) if payer else "-")
    chosen = tuple(one for one in spans if one.span.last > month)
    if not chosen:
        raise JcliError("E323", worker=worker.number, end=_latest(one.span.last for one in spans))
    for one in chosen:
        covered_elsewhere.end(connection, one.id, month)
    return CoverEnded(worker=worker, month=month, reason=reason, elsewhere=chosen)


def _latest(months: Iterable[Month]) -> str:
    return str(max(months))
