"""BPJS's invoice, a total or a list, checked against our bill."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState, Payer, Programme, RateKey, Terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.iuran import payment, reckoning
from jamsostek_cli.operations.iuran.people import Person
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.rules.cover import leaving
from jamsostek_cli.rules.iuran import contribution, invoice
from jamsostek_cli.rules.iuran.correction import Credit
from jamsostek_cli.rules.iuran.invoice import (
    Charge,
    Difference,
    Invoiced,
    Share,
    Stated,
    Stranger,
    WrongTotal,
)
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.iuran import bills, corrections, owing
from jamsostek_cli.store.iuran import people as people_store
from jamsostek_cli.store.register import corrections as put_right

if TYPE_CHECKING:
    from jamsostek_cli.roster.lists.reading import ListedMember

_AMOUNTS: Final = frozenset({"amount", *Programme})
"""What an invoice may say of money: a sum, or the contribution of each programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Our bill of a month, all its supplements together, each person once, in rupiah.

    `state` is `open`, `paid`, or `computed` where nothing is stored; `least` the lowest contribution on it;
    `year` what the same people cost in all twelve months of that year.
    """

    month: Month
    payer: Payer
    state: BillState
    charges: tuple[Charge, ...]
    credits: tuple[Credit, ...]
    least: int
    year: int

    @property
    def amount(self) -> int:
        """What the people on it cost."""
        return sum(charge.amount for charge in self.charges)

    @property
    def correction(self) -> int:
        """What is taken off: 0 or less."""
        return sum(credit.amount for credit in self.credits)

    @property
    def payable(self) -> int:
        """What is to be transferred."""
        return self.amount + self.correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An invoice beside our bill; `heads` is None where the invoice is only a sum.

    `assumed` counts the rows without an amount, `illegible` those with one that cannot be read; `wrong` are
    the sums of the invoice that its own rows do not come to; `heads_alone` marks a list without a column of
    amounts. The amounts of `lines` (or, for a sum, of `shares`) are together exactly `difference`.
    `niks` are the whole NIKs of the `people`, for a file to BPJS whose writing is on record.
    """

    ours: Ours
    theirs: int
    heads: int | None
    assumed: int
    illegible: int
    shares: tuple[Share, ...]
    lines: tuple[Difference, ...]
    people: Mapping[int, Person]
    niks: Mapping[int, str]
    wrong: tuple[WrongTotal, ...] = ()
    heads_alone: bool = False

    @property
    def difference(self) -> int:
        """Invoice minus bill, in rupiah."""
        return self.theirs - self.ours.payable


def check_total(
    db: Database,
    today: datetime.date,
    *,
    month: Month | None,
    payer: Payer | None,
    amount: int | None,
    heads: int | None,
) -> Checked:
    """Check an invoice of which only the sum (`amount`) or the number of people (`heads`) is known.

    Raises E304, E307, E350 as `check_list`, E351 where the heads do not all cost the same.
    """
    with db.reading() as connection:
        ours = _ours(connection, today, month, payer)
        persons, niks = _named(connection, {credit.worker_id for credit in ours.credits})
    if heads is not None:
        rates = {charge.amount for charge in ours.charges}
        if len(rates) > 1:
            raise JcliError("E351", rates=len(rates))
        amount = heads * ours.least
    found = invoice.total(amount or 0, ours.amount, ours.credits, ours.least)
    return Checked(
        ours=ours,
        theirs=amount or 0,
        heads=heads,
        assumed=0,
        illegible=0,
        shares=found.shares,
        lines=found.lines,
        people=persons,
        niks=niks,
    )


def check_list(
    db: Database, today: datetime.date, path: Path, *, month: Month | None, payer: Payer | None
) -> Checked:
    """Check an invoice person by person.

    Whoever bore another NIK before it was put right is the same person under it. The month is that of the
    last open bill, else that of today. Raises E304 (several payers: say which), E307
    (nobody to pay for), E350 (our open bill is out of date), and what reading a list raises: E330 for one
    without NIK.
    """
    from jamsostek_cli.roster.lists import reading

    told = reading.read(path, today)
    stated = [Stated(*total) for total in told.totals]
    with db.reading() as connection:
        ours = _ours(connection, today, month, payer)
        rows = _invoiced(connection, told.rows)
        billed = {charge.nik for charge in ours.charges}
        strangers = {row.nik for row in rows if row.nik is not None} - billed
        law = office_law.in_force(connection)
        others = {
            person.nik: Stranger(person.worker_id, leaving.why(person, ours.payer, ours.month, law))
            for person in people_store.known(connection, strangers)
        }
        found = invoice.compare(ours.charges, ours.credits, rows, others, ours.least, stated)
        persons, niks = _named(connection, {x.worker_id for x in found.lines if x.worker_id is not None})
    return Checked(
        ours=ours,
        theirs=found.theirs,
        heads=found.heads,
        assumed=found.assumed,
        illegible=found.illegible,
        shares=invoice.shares(found.lines),
        lines=found.lines,
        people=persons,
        niks=niks,
        wrong=found.wrong,
        heads_alone=told.fields.isdisjoint(_AMOUNTS),
    )


def _named(connection: Connection, worker_ids: Iterable[int]) -> tuple[dict[int, Person], dict[int, str]]:
    """Return people as lists name them, and their whole NIKs, by the id of their record."""
    told = list(people_store.names(connection, worker_ids))
    return (
        {worker_id: Person.of(worker_id, nik, name) for worker_id, nik, name in told},
        {worker_id: nik for worker_id, nik, _ in told},
    )


def _invoiced(connection: Connection, rows: Sequence["ListedMember"]) -> list[Invoiced]:
    """Return the rows of an invoice, each with the NIK that the register has for the person now."""
    former = put_right.former(connection, {row.nik for row in rows if row.nik is not None})
    now = {nik: one.nik for nik, one in former.items()}
    return [
        Invoiced(
            row.sheet,
            row.row,
            now.get(row.nik or "", row.nik),
            row.amount,
            row.problem,
            row.illegible,
            row.name,
        )
        for row in rows
    ]


def _ours(connection: Connection, today: datetime.date, month: Month | None, payer: Payer | None) -> Ours:
    """Return our bill: what is stored for the month, else what it would be."""
    month = month or bills.last_open(connection, payer) or Month.of(today)
    payer = payer or _payer(connection, month)
    law = office_law.in_force(connection)
    stored = bills.stored(connection, month=month, payer=payer)
    paid = [bill for bill in stored if bill.state is BillState.PAID]
    charged = bills.charged(connection, month, payer) if paid else {}
    credits_ = [credit for bill in paid for credit in corrections.of_bill(connection, bill.id)]
    is_open = len(stored) > len(paid)
    if is_open or not paid:
        credited = reckoning.takes_credits(connection, payer, month)
        reckoned = reckoning.reckoned(connection, payer, month, law, credited=credited)
        if is_open:
            reckoning.refuse_stale(connection, stored[-1], reckoned)
        if reckoned is None:
            raise JcliError("E307", month=month)
        credits_ += reckoned.credits
        rates = reckoned.rates
        for one in owing.people(connection, payer, month):
            charged[one.worker_id] = {key: rates[key] for key in one.terms.rate_keys}
    niks = {worker_id: nik for worker_id, nik, _ in people_store.names(connection, charged)}
    charges = [Charge(worker_id, niks[worker_id], sum(due.values())) for worker_id, due in charged.items()]
    return Ours(
        month=month,
        payer=payer,
        state=BillState.OPEN if is_open else BillState.PAID if paid else BillState.COMPUTED,
        charges=tuple(charges),
        credits=tuple(credits_),
        least=min(charge.amount for charge in charges),
        year=_year(month, payer, Counter(key for due in charged.values() for key in due), law),
    )


def _payer(connection: Connection, month: Month) -> Payer:
    """Return the one payer with a bill of the month, else the one who owes something."""
    known = sorted({bill.payer for bill in bills.stored(connection, month=month)})
    if len(known) > 1:
        raise JcliError("E304", payers=tuple(known))
    return known[0] if known else payment.only_payer(connection, Span(month, month))


def _year(month: Month, payer: Payer, heads: Mapping[RateKey, int], law: Regulation) -> int:
    """Return what `heads` by basis, sector and programme cost in a year, each month at its own rate."""
    return sum(
        count * contribution.rate(Terms(payer, sector, basis, (programme,)), Month(month.year, number), law)
        for (basis, sector, programme), count in heads.items()
        for number in range(1, 13)
    )
