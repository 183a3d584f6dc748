"""A bill as tables for people and as JSON for programs."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jamsostek_cli.cli.iuran.grounds import ground
from jamsostek_cli.domain.iuran import BillState, Payer, Sector
from jamsostek_cli.domain.month import Month, Span, runs
from jamsostek_cli.tables.table import Column, Kind, Table

if TYPE_CHECKING:
    from jamsostek_cli.operations.iuran.bill import Bill, Billed
    from jamsostek_cli.operations.iuran.changes import Moved, Movement
    from jamsostek_cli.operations.iuran.people import Charged, Corrected, Person
    from jamsostek_cli.operations.iuran.wrongly_paid import PaidEarly


class _Listed(NamedTuple):
    """Somebody or something that a bill lists: an entry and the bill it stands on."""

    bill: "Bill"
    entry: Any


_WORKER: Final = Column("worker", of=lambda listed: listed.entry.person.worker)
_NAME: Final = Column("name", of=lambda listed: listed.entry.person.name)
_PERSON: Final = (_WORKER, Column("nik", of=lambda listed: listed.entry.person.nik), _NAME)
_PAYER: Final = Column("payer", of=lambda listed: Payer(listed.bill.stored.payer))


def shown_months(months: Iterable[Month]) -> str:
    """Return months as runs: `2025-03..2025-05 2025-08`."""
    return " ".join(map(shown_span, runs(months)))


def shown_span(span: Span) -> str:
    """Return a run of months as `iuran pay` reads it."""
    return str(span.first) if span.first == span.last else f"{span.first}..{span.last}"


def annex(charged: "Iterable[Charged]") -> Table:
    """Return everybody on the bills of a month, with what is to be paid for each."""
    columns = (
        Column("worker", of=lambda one: one.person.worker),
        Column("nik", of=lambda one: one.person.nik),
        Column("name", of=lambda one: one.person.name),
        Column("payer"),
        Column("amount", Kind.RUPIAH),
    )
    return Table.of(
        "bill_people", charged, columns, summed=("amount",), lead=("worker", "name", "payer", "amount")
    )


def people(billed: "Billed") -> int:
    """Return how many lines all the lists of people have."""
    return sum(len(table.rows) for table in tables(billed, None)[2:])


def tables(billed: "Billed", most: int | None) -> list[Table]:
    """Return the bills, their amounts, and the lists of people, of each at most so many."""
    lists = (*_moved(billed, most), *_corrections(billed, most), _unpaid(billed, most))
    return [_bills(billed), _rates(billed), *(table for table in lists if table.rows)]


def _bills(billed: "Billed") -> Table:
    return Table.of(
        "bills",
        billed.bills,
        (
            Column("payer", of=lambda bill: Payer(bill.stored.payer)),
            Column("state", of=lambda bill: BillState(bill.stored.state)),
            Column("heads", Kind.COUNT, of=lambda bill: bill.stored.heads),
            Column("amount", Kind.RUPIAH, of=lambda bill: bill.stored.amount),
            Column("correction", Kind.RUPIAH, of=lambda bill: bill.stored.correction),
            Column("payable", Kind.RUPIAH, of=lambda bill: bill.stored.payable),
            Column("due_on", Kind.DATE),
        ),
        summed=("heads", "amount", "correction", "payable"),
        lead=("payer", "state", "heads", "payable", "due_on"),
    )


def _rates(billed: "Billed") -> Table:
    payer = ("payer",) if len(billed.bills) > 1 else ()
    return Table.of(
        "bill_lines",
        [_Listed(bill, line) for bill in billed.bills for line in bill.lines],
        (
            _PAYER,
            Column("programme", of=lambda listed: listed.entry.programme.upper()),
            Column("basis", Kind.RUPIAH, of=lambda listed: listed.entry.basis),
            Column("sector", of=lambda listed: Sector(listed.entry.sector)),
            Column("heads", Kind.COUNT, of=lambda listed: listed.entry.heads),
            Column("rate", Kind.RUPIAH, of=lambda listed: listed.entry.rate),
            Column("amount", Kind.RUPIAH, of=lambda listed: listed.entry.amount),
        ),
        summed=("amount",),
        lead=(*payer, "programme", "sector", "heads", "rate", "amount"),
    )


def _which(billed: "Billed") -> tuple[Column, ...]:
    """Return the column that tells bills apart, where there are several."""
    return (_PAYER,) if len(billed.bills) > 1 else ()


def _moved(billed: "Billed", most: int | None) -> tuple[Table, Table]:
    columns = (
        *_PERSON,
        Column("reason", of=lambda listed: listed.entry.reason),
        Column("detail", of=lambda listed: ground(listed.entry.reason, listed.entry.detail)),
        *_which(billed),
    )

    def table(key: str, side: "Callable[[Movement], Sequence[Moved]]") -> Table:
        entries = [
            _Listed(bill, moved)
            for bill in billed.bills
            if bill.movement is not None
            for moved in side(bill.movement)[:most]
        ]
        return Table.of(key, entries, columns, lead=("worker", "name", "reason", "detail"))

    return (
        table("bill_added", lambda movement: movement.added),
        table("bill_dropped", lambda movement: movement.dropped),
    )


def _corrections(billed: "Billed", most: int | None) -> tuple[Table, Table]:
    columns = (
        _WORKER,
        _NAME,
        Column("months", of=lambda listed: shown_span(listed.entry.credit.span)),
        Column("amount", Kind.RUPIAH, of=lambda listed: listed.entry.credit.amount),
        Column("reason", of=lambda listed: listed.entry.credit.reason),
        Column("detail", of=lambda listed: listed.entry.credit.because),
        *_which(billed),
    )

    def table(key: str, side: "Callable[[Bill], Sequence[Corrected]]") -> Table:
        entries = [_Listed(bill, credit) for bill in billed.bills for credit in side(bill)[:most]]
        return Table.of(key, entries, columns, lead=("worker", "name", "months", "amount", "reason"))

    return (
        table("bill_credited", lambda bill: bill.corrections),
        table("bill_kept", lambda bill: bill.kept),
    )


def _unpaid(billed: "Billed", most: int | None) -> Table:
    return Table.of(
        "bill_unpaid",
        [_Listed(bill, debtor) for bill in billed.bills for debtor in bill.unpaid[:most]],
        (
            *_PERSON,
            Column("months", of=lambda listed: shown_months(listed.entry.months)),
            Column("amount", Kind.RUPIAH, of=lambda listed: listed.entry.amount),
            *_which(billed),
        ),
        lead=("worker", "name", "months", "amount"),
    )


def not_owed(found: Sequence[tuple[Payer, "Corrected"]]) -> Table:
    """Return what was paid and not owed, and no paid bill has credited yet."""
    return Table.of(
        "not_owed",
        found,
        (
            Column("payer", of=lambda entry: entry[0]),
            Column("worker", of=lambda entry: entry[1].person.worker),
            Column("name", of=lambda entry: entry[1].person.name),
            Column("months", of=lambda entry: shown_span(entry[1].credit.span)),
            Column("amount", Kind.RUPIAH, of=lambda entry: entry[1].credit.amount),
            Column("reason", of=lambda entry: entry[1].credit.reason),
            Column("detail", of=lambda entry: entry[1].credit.because),
        ),
        summed=("amount",),
        lead=("payer", "worker", "name", "months", "amount"),
    )


def before_registration(found: Sequence["PaidEarly"]) -> Table:
    """Return what was paid for months before BPJS registered the person: it may not count as cover."""
    return Table.of(
        "before_registration",
        found,
        (
            Column("payer"),
            Column("worker", of=lambda early: early.person.worker),
            Column("name", of=lambda early: early.person.name),
            Column("months", of=lambda early: shown_span(early.span)),
            Column("registered_on", Kind.DATE),
            Column("amount", Kind.RUPIAH),
        ),
        summed=("amount",),
        lead=("payer", "worker", "name", "months", "amount"),
    )


def data(billed: "Billed") -> dict[str, object]:
    """Return the bills of a month with everybody they name."""
    return {
        "month": str(billed.month),
        "bills": [_record(bill) for bill in billed.bills],
        "withdrawn": list(billed.withdrawn),
    }


def _record(bill: "Bill") -> dict[str, object]:
    stored, movement = bill.stored, bill.movement
    return {
        "payer": stored.payer,
        "supplement": stored.supplement,
        "state": stored.state,
        "heads": stored.heads,
        "amount": stored.amount,
        "correction": stored.correction,
        "payable": stored.payable,
        "due_on": bill.due_on.isoformat(),
        "proof": stored.proof,
        "paid_on": stored.paid_on,
        "lines": [line._asdict() for line in bill.lines],
        "previous": None if movement is None else str(bill.previous),
        "added_count": stored.heads if movement is None else len(movement.added),
        "dropped_count": 0 if movement is None else len(movement.dropped),
        "added": [] if movement is None else _moves(movement.added),
        "dropped": [] if movement is None else _moves(movement.dropped),
        "corrections": _credits(bill.corrections),
        "kept": _credits(bill.kept),
        "unpaid": [
            {**_named(debtor.person), "months": shown_months(debtor.months), "amount": debtor.amount}
            for debtor in bill.unpaid
        ],
        "unpaid_amount": bill.unpaid_amount,
        "unpaid_months": [shown_span(run) for run in bill.unpaid_runs],
    }


def _named(person: "Person") -> dict[str, object]:
    return {"worker": person.worker, "nik": person.nik, "name": person.name}


def _moves(moves: Sequence["Moved"]) -> list[dict[str, object]]:
    return [{**_named(moved.person), "reason": moved.reason, "detail": moved.detail} for moved in moves]


def _credits(corrections: Sequence["Corrected"]) -> list[dict[str, object]]:
    return [
        {
            **_named(corrected.person),
            "first_month": str(corrected.credit.span.first),
            "last_month": str(corrected.credit.span.last),
            "amount": corrected.credit.amount,
            "reason": corrected.credit.reason,
            "detail": corrected.credit.because or "",
        }
        for corrected in corrections
    ]
