"""BPJS's invoice held against our bill: every rupiah between them gets a name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from jamsostek_cli.rules.cover.leaving import Leaving
from jamsostek_cli.rules.iuran.correction import Credit


class InvoiceCategory(StrEnum):
    """Why an invoice and a bill differ, in the order in which it is shown; the codes are stable.

    Among them is every `LeavingReason`.
    """

    DOUBLED = "doubled"
    DECEASED = "deceased"
    MOVED = "moved"
    ENDED = "ended"
    EXPIRED = "expired"
    OTHER_PAYER = "other-payer"
    OVER_AGE = "over-age"
    NOT_ENROLLED = "not-enrolled"
    NOT_BILLED = "not-billed"
    MERGED = "merged"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"
    RATE_DIFFERS = "rate-differs"
    MISSING = "missing"
    CORRECTION = "correction"
    UNEXPLAINED = "unexplained"


class Charge(NamedTuple):
    """Somebody on our bill: rupiah for the month."""

    worker_id: int
    nik: str
    amount: int


class Invoiced(NamedTuple):
    """A row of the invoice: where it stands, whom it names (None: unreadable), rupiah if it says so.

    `problem` is why nobody is named, `illegible` what is written where an amount cannot be read, `name` how
    the invoice calls the person.
    """

    sheet: str
    row: int
    nik: str | None
    amount: int | None
    problem: str | None = None
    illegible: str | None = None
    name: str | None = None


class Stated(NamedTuple):
    """A sum that the invoice itself states: rupiah, or in `illegible` what is written and cannot be read.

    `runs` are the rows it may mean, as (first, behind last), the likeliest first.
    """

    sheet: str
    row: int
    amount: int | None
    illegible: str | None
    runs: Sequence[tuple[int, int]]


class WrongTotal(NamedTuple):
    """A sum of the invoice that is not that of its rows; `stated` is None where it cannot be read."""

    sheet: str
    row: int
    stated: int | None
    rows: int


class Stranger(NamedTuple):
    """Somebody of the register who is not on our bill, and why."""

    worker_id: int
    leaving: Leaving


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One line between invoice and bill, in signed rupiah: more than zero where BPJS asks for more.

    `assumed` marks a row without an amount that could be read, which counts at the rate of the bill; `name`
    is how the invoice calls the person of a row.
    """

    category: InvoiceCategory
    amount: int
    worker_id: int | None = None
    nik: str | None = None
    sheet: str | None = None
    row: int | None = None
    detail: str = ""
    assumed: bool = False
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All differences; together they are exactly invoice minus bill. `theirs` is what the rows add up to.

    `assumed` counts the rows without an amount, `illegible` those with one that cannot be read; `wrong` are
    the sums of the invoice that its rows do not come to.
    """

    theirs: int
    heads: int
    assumed: int
    illegible: int
    lines: tuple[Difference, ...]
    wrong: tuple[WrongTotal, ...] = ()


def compare(
    charges: Sequence[Charge],
    credits_: Sequence[Credit],
    rows: Iterable[Invoiced],
    others: Mapping[str, Stranger],
    least: int,
    stated: Sequence[Stated] = (),
) -> Comparison:
    """Compare an invoice row by row with our charges and the credits our bill takes off.

    `others` holds those of the register who are not on the bill, by NIK. A row without an amount that can
    be read counts at the rate of its person on our bill, else at `least`; one that is written and not
    readable is never taken as agreed.
    """
    ours = {charge.nik: charge for charge in charges}
    seen: set[str] = set()
    lines: list[Difference] = []
    asked: list[int] = []
    assumed = illegible = 0
    for row in rows:
        charge = ours.get(row.nik or "")
        amount = row.amount if row.amount is not None else (charge.amount if charge else least)
        asked.append(amount)
        assumed += row.amount is None and row.illegible is None
        illegible += row.illegible is not None
        difference = _difference(row, amount, charge, others, doubled=row.nik in seen)
        if difference.amount or difference.category is not InvoiceCategory.RATE_DIFFERS:
            lines.append(difference)
        if row.nik is not None:
            seen.add(row.nik)
    lines += [
        Difference(
            category=InvoiceCategory.MISSING,
            amount=-charge.amount,
            worker_id=charge.worker_id,
            nik=charge.nik,
        )
        for charge in charges
        if charge.nik not in seen
    ]
    lines += _corrections(credits_)
    return Comparison(
        theirs=sum(asked),
        heads=len(asked),
        assumed=assumed,
        illegible=illegible,
        lines=tuple(lines),
        wrong=tuple(_wrong(asked, stated)),
    )


def _wrong(asked: Sequence[int], stated: Iterable[Stated]) -> Iterator[WrongTotal]:
    """Yield the sums that none of the rows they may mean come to."""
    for one in stated:
        sums = [sum(asked[first:behind]) for first, behind in one.runs]
        if one.amount not in sums:
            yield WrongTotal(one.sheet, one.row, one.amount, sums[-1])


def _corrections(credits_: Iterable[Credit]) -> list[Difference]:
    """Return what our bill takes off and an invoice of all its people does not."""
    return [
        Difference(
            category=InvoiceCategory.CORRECTION,
            amount=-credit.amount,
            worker_id=credit.worker_id,
            detail=f"{credit.span.first}..{credit.span.last}",
        )
        for credit in credits_
    ]


def _difference(
    row: Invoiced,
    amount: int,
    charge: Charge | None,
    others: Mapping[str, Stranger],
    *,
    doubled: bool,
) -> Difference:
    """Return what a row adds to what our bill has for its person; nothing where they agree."""
    stranger = others.get(row.nik or "")
    worker_id, category, detail = None, InvoiceCategory.UNKNOWN, ""
    if charge is not None:
        worker_id, category = charge.worker_id, InvoiceCategory.RATE_DIFFERS
        amount = amount if doubled else amount - charge.amount
    elif stranger is not None:
        worker_id, detail = stranger.worker_id, stranger.leaving.detail
        category = InvoiceCategory(stranger.leaving.reason.value)
    if row.nik is None:
        category, detail = InvoiceCategory.UNREADABLE, row.problem or ""
    elif doubled:
        category, detail = InvoiceCategory.DOUBLED, ""
    elif charge is not None and row.illegible is not None:
        category, detail = InvoiceCategory.UNREADABLE, row.illegible
    return Difference(
        category=category,
        amount=amount,
        worker_id=worker_id,
        nik=row.nik,
        sheet=row.sheet,
        row=row.row,
        detail=detail,
        assumed=row.amount is None,
        name=row.name,
    )


class Share(NamedTuple):
    """What a category comes to: lines (people) and signed rupiah."""

    category: InvoiceCategory
    heads: int | None
    amount: int


def shares(lines: Iterable[Difference]) -> tuple[Share, ...]:
    """Return the categories that occur, with their heads and rupiah."""
    heads: Counter[InvoiceCategory] = Counter()
    amounts: Counter[InvoiceCategory] = Counter()
    for line in lines:
        heads[line.category] += 1
        amounts[line.category] += line.amount
    return tuple(Share(name, heads[name], amounts[name]) for name in InvoiceCategory if name in heads)


@dataclass(frozen=True, slots=True)
class Total:
    """What can be said of an invoice that is only a sum: the corrections, and a rest in rupiah and heads."""

    shares: tuple[Share, ...]
    lines: tuple[Difference, ...]


def total(theirs: int, amount: int, credits_: Sequence[Credit], least: int) -> Total:
    """Explain a sum by our bill of `amount` rupiah less its credits; the shares are exactly the difference.

    A rest that people at the lowest contribution `least` could make has their number as heads.
    """
    lines = _corrections(credits_)
    if theirs == amount - sum(line.amount for line in lines):
        return Total((), ())
    rest = theirs - amount
    unexplained = Share(InvoiceCategory.UNEXPLAINED, None if rest % least else rest // least, rest)
    return Total((*shares(lines), *([unexplained] if rest else [])), tuple(lines))
