"""A bill as tables for people and as JSON for programs."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.month import Month, Span, runs
from jamsostek_cli.tables.table import Column, Kind, Table, Value

if TYPE_CHECKING:
    from jamsostek_cli.operations.iuran.bill import Bill, Billed
    from jamsostek_cli.operations.iuran.changes import Moved
    from jamsostek_cli.operations.iuran.people import Corrected, Person


_PERSON: Final = (Column("worker"), Column("nik"), Column("name"))
_SECTORS: Final = {"other": "other-sector"}
"""A sector whose own name says something else elsewhere."""


def shown_months(months: Iterable[Month]) -> str:
    """Return months as runs: `2025-03..2025-05 2025-08`."""
    return " ".join(map(shown_span, runs(months)))


def shown_span(span: Span) -> str:
    """Return a run of months as `iuran pay` reads it."""
    return str(span.first) if span.first == span.last else f"{span.first}..{span.last}"


def people(billed: "Billed") -> int:
    """Return how many lines all the lists of people have."""
    return sum(len(table.rows) for table in tables(billed, None)[2:])


def tables(billed: "Billed", most: int | None) -> list[Table]:
    """Return the bills, their amounts, and the lists of people, of each at most so many."""
    lists = (*_moved(billed, most), *_corrections(billed, most), _unpaid(billed, most))
    return [_bills(billed), _rates(billed), *(table for table in lists if table.rows)]


def _bills(billed: "Billed") -> Table:
    stored = [(bill.stored, bill.due_on.isoformat()) for bill in billed.bills]
    return Table(
        key="bills",
        columns=(
            Column("payer"),
            Column("state"),
            Column("heads", Kind.COUNT),
            Column("amount", Kind.RUPIAH),
            Column("correction", Kind.RUPIAH),
            Column("payable", Kind.RUPIAH),
            Column("due_on", Kind.DATE),
        ),
        rows=[(b.payer, b.state, b.heads, b.amount, b.correction, b.payable, due) for b, due in stored],
        total=(
            None,
            None,
            sum(b.heads for b, _ in stored),
            sum(b.amount for b, _ in stored),
            sum(b.correction for b, _ in stored),
            sum(b.payable for b, _ in stored),
            None,
        ),
    )


def _rates(billed: "Billed") -> Table:
    lines = [(bill.stored.payer, line) for bill in billed.bills for line in bill.lines]
    return Table(
        key="bill_lines",
        columns=(
            Column("payer"),
            Column("programme"),
            Column("basis", Kind.RUPIAH),
            Column("sector"),
            Column("heads", Kind.COUNT),
            Column("rate", Kind.RUPIAH),
            Column("amount", Kind.RUPIAH),
        ),
        rows=[
            (p, x.programme.upper(), x.basis, _SECTORS.get(x.sector, x.sector), x.heads, x.rate, x.amount)
            for p, x in lines
        ],
        total=(None, None, None, None, None, None, sum(line.amount for _, line in lines)),
    )


def _moved(billed: "Billed", most: int | None) -> tuple[Table, Table]:
    columns = (*_PERSON, Column("reason"), Column("detail"), *_payer(billed))
    moves = [(bill, bill.movement) for bill in billed.bills if bill.movement is not None]

    def rows(groups: Iterable[tuple["Bill", Sequence["Moved"]]]) -> list[tuple[Value, ...]]:
        return [
            _row(billed, bill, *_person(one.person), one.reason, one.detail)
            for bill, group in groups
            for one in group[:most]
        ]

    return (
        Table(key="bill_added", columns=columns, rows=rows((bill, m.added) for bill, m in moves)),
        Table(key="bill_dropped", columns=columns, rows=rows((bill, m.dropped) for bill, m in moves)),
    )


def _payer(billed: "Billed") -> tuple[Column, ...]:
    """Return the column that tells bills apart, where there are several."""
    return (Column("payer"),) if len(billed.bills) > 1 else ()


def _row(billed: "Billed", bill: "Bill", *values: Value) -> tuple[Value, ...]:
    return (*values, bill.stored.payer) if len(billed.bills) > 1 else values


def _person(person: "Person") -> tuple[Value, ...]:
    return (person.worker, person.nik, person.name)


def _corrections(billed: "Billed", most: int | None) -> tuple[Table, Table]:
    columns = (
        Column("worker"),
        Column("name"),
        Column("months"),
        Column("amount", Kind.RUPIAH),
        Column("reason"),
        Column("detail"),
        *_payer(billed),
    )

    def rows(groups: Iterable[tuple["Bill", Sequence["Corrected"]]]) -> list[tuple[Value, ...]]:
        return [
            _row(
                billed,
                bill,
                c.person.worker,
                c.person.name,
                shown_span(c.credit.span),
                c.credit.amount,
                c.credit.reason,
                c.credit.because,
            )
            for bill, group in groups
            for c in group[:most]
        ]

    return (
        Table(key="bill_credited", columns=columns, rows=rows((b, b.corrections) for b in billed.bills)),
        Table(key="bill_kept", columns=columns, rows=rows((b, b.kept) for b in billed.bills)),
    )


def _unpaid(billed: "Billed", most: int | None) -> Table:
    return Table(
        key="bill_unpaid",
        columns=(*_PERSON, Column("months"), Column("amount", Kind.RUPIAH), *_payer(billed)),
        rows=[
            _row(billed, bill, *_person(one.person), shown_months(one.months), one.amount)
            for bill in billed.bills
            for one in bill.unpaid[:most]
        ],
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
            {**_named(one.person), "months": shown_months(one.months), "amount": one.amount}
            for one in bill.unpaid
        ],
        "unpaid_amount": bill.unpaid_amount,
        "unpaid_months": [shown_span(run) for run in bill.unpaid_runs],
    }


def _named(person: "Person") -> dict[str, object]:
    return {"worker": person.worker, "nik": person.nik, "name": person.name}


def _moves(moved: Sequence["Moved"]) -> list[dict[str, object]]:
    return [{**_named(one.person), "reason": one.reason, "detail": one.detail} for one in moved]


def _credits(corrected: Sequence["Corrected"]) -> list[dict[str, object]]:
    return [
        {
            **_named(one.person),
            "first_month": str(one.credit.span.first),
            "last_month": str(one.credit.span.last),
            "amount": one.credit.amount,
            "reason": one.credit.reason,
            "detail": one.credit.because or "",
        }
        for one in corrected
    ]
