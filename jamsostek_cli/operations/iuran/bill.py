"""The month's bill of each payer: reckoned, kept open until it is paid, and explained."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month, Span, runs
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.iuran import changes, people, reckoning
from jamsostek_cli.operations.iuran.changes import Movement
from jamsostek_cli.operations.iuran.people import Charged, Corrected, Unpaid
from jamsostek_cli.operations.office import calendar
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.rules import clocks
from jamsostek_cli.rules.iuran.bill import BillLine, ReckonedBill
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.iuran import bills, corrections, payments
from jamsostek_cli.store.iuran.bills import StoredBill


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """A payer's bill of a month with everything that explains it.

    `movement` is None where the month before has no bill to compare with. `corrections` are taken off this
    bill, `kept` are left to the next. `unpaid` owe earlier months whose bill is paid.
    """

    stored: StoredBill
    due_on: datetime.date
    lines: tuple[BillLine, ...]
    previous: Month
    movement: Movement | None
    corrections: tuple[Corrected, ...]
    kept: tuple[Corrected, ...]
    unpaid: tuple[Unpaid, ...]

    @property
    def unpaid_amount(self) -> int:
        """What the unpaid months cost, in rupiah."""
        return sum(one.amount for one in self.unpaid)

    @property
    def unpaid_runs(self) -> tuple[Span, ...]:
        """The months somebody still owes, as they can be paid by supplements."""
        return runs(month for one in self.unpaid for month in one.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """The bills of a month; `withdrawn` names payers whose open bill went, for nobody is on it any more."""

    month: Month
    bills: tuple[Bill, ...]
    withdrawn: tuple[Payer, ...]


def bill(db: Database, act: Act, month: Month, *, payer: Payer | None = None) -> Billed:
    """Reckon a month's bills and keep them open; where they are stored as they are, nothing is written.

    A month that is paid for everybody shows its paid bill. Raises E307 when there is nobody to pay for.
    """
    with db.reading() as connection:
        law = office_law.in_force(connection)
        reckoned = _reckoned(connection, month, payer, law)
        if not _differing(connection, month, reckoned):
            return _billed(connection, month, reckoned, law)
    with db.writing() as connection:
        law = office_law.in_force(connection)
        reckoned = _reckoned(connection, month, payer, law)
        differing = _differing(connection, month, reckoned)
        if not differing:  # the same bill, reckoned by somebody else in this very moment
            return _billed(connection, month, reckoned, law)
        before = {
            code: stored.payable
            for code in reckoned
            if (stored := reckoning.open_bill(connection, code, month)) is not None
        }
        for code in differing:
            bills.drop_open(connection, code, month)
            if (one := reckoned[code]) is not None:
                reckoning.put(connection, one)
        audit.record(
            connection,
            act,
            action="iuran.bill",
            subject=f"{month} {' '.join(reckoned)}",
            before={code.value: payable for code, payable in before.items()},
            after={code.value: one.payable for code, one in reckoned.items() if one is not None},
        )
        withdrawn = tuple(code for code in before if reckoned[code] is None)
        return _billed(connection, month, reckoned, law, withdrawn)


def _reckoned(
    connection: Connection, month: Month, payer: Payer | None, law: Regulation
) -> dict[Payer, ReckonedBill | None]:
    """Return what each payer still owes for a month; E307 when nobody owes and nobody has paid anything."""
    stored = [bill.payer for bill in bills.stored(connection, month=month)]
    codes = [payer] if payer else sorted({*payments.payers(connection, Span(month, month)), *stored})
    reckoned = {
        code: reckoning.reckoned(
            connection, code, month, law, credited=reckoning.takes_credits(connection, code, month)
        )
        for code in codes
    }
    if not any(reckoned.values()) and not set(stored) & set(codes):
        raise JcliError("E307", month=month)
    return reckoned


def _differing(
    connection: Connection, month: Month, reckoned: Mapping[Payer, ReckonedBill | None]
) -> list[Payer]:
    """Return the payers whose open bill of a month is not, or no longer, what it should be."""
    return [
        code
        for code, one in reckoned.items()
        if ((stored := reckoning.open_bill(connection, code, month)) or one)
        and not (stored and reckoning.agrees(connection, stored, one))
    ]


def people_of(db: Database, billed: Billed) -> list[Charged]:
    """Return everybody on the bills of a month by name, in the order of payers and names."""
    with db.reading() as connection:
        return people.charged(connection, billed.month, [bill.stored.payer for bill in billed.bills])


def _billed(
    connection: Connection,
    month: Month,
    reckoned: Mapping[Payer, ReckonedBill | None],
    law: Regulation,
    withdrawn: tuple[Payer, ...] = (),
) -> Billed:
    due_on = clocks.bill_due_on(month, calendar.workdays(connection), law)
    shown = [
        _explained(connection, month, found, reckoned[payer], due_on, law)
        for payer in reckoned
        if (found := bills.stored(connection, month=month, payer=payer))
    ]
    return Billed(month=month, bills=tuple(shown), withdrawn=withdrawn)


def _explained(
    connection: Connection,
    month: Month,
    found: Sequence[StoredBill],
    reckoned: ReckonedBill | None,
    due_on: datetime.date,
    law: Regulation,
) -> Bill:
    """Explain the open bill of a month, or its own paid one when nothing is open."""
    stored = found[0] if reckoned is None else found[-1]
    lines = bills.lines(connection, stored) if reckoned is None else reckoned.lines
    credits_ = corrections.of_bill(connection, stored.id) if reckoned is None else reckoned.credits
    kept = () if reckoned is None else reckoned.kept
    return Bill(
        stored=stored,
        due_on=due_on,
        lines=tuple(lines),
        previous=month.plus(-1),
        movement=_movement(connection, month, stored, law),
        corrections=people.corrected(connection, credits_),
        kept=people.corrected(connection, kept),
        unpaid=people.unpaid(connection, stored.payer, month, law),
    )


def _movement(connection: Connection, month: Month, stored: StoredBill, law: Regulation) -> Movement | None:
    if stored.supplement:
        return changes.newcomers(connection, stored.payer, month)
    before = {one.state for one in bills.stored(connection, month=month.plus(-1), payer=stored.payer)}
    if not before:
        return None
    return changes.between(connection, stored.payer, month, law, now=stored.state, before=before)
