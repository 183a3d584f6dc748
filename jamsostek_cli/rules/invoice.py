"""BPJS's invoice held against our bill: every rupiah between them gets a name."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from jamsostek_cli.domain.month import Month
from jamsostek_cli.rules import eligibility
from jamsostek_cli.rules.correction import Credit
from jamsostek_cli.rules.regulation import Regulation

CATEGORIES: Final = (
    "doubled", "deceased", "moved", "ended", "other-payer", "over-age", "not-enrolled", "not-billed",
    "merged", "unknown", "unreadable", "rate-differs", "missing", "correction", "unexplained",
)  # fmt: skip
"""Why an invoice and a bill may differ, in the order in which they are shown."""


class Charge(NamedTuple):
    """Somebody on our bill: rupiah for the month."""

    worker_id: int
    nik: str
    amount: int


class Invoiced(NamedTuple):
    """A row of the invoice: where it stands, whom it names (None: unreadable), rupiah if it says so."""

    sheet: str
    row: int
    nik: str | None
    amount: int | None
    problem: str | None = None


class Known(NamedTuple):
    """What the register knows of somebody who is not on the bill; dates and months as stored.

    `other` is a payer who pays for the month, here or by a list; `owed` whether our payer owes it after all;
    `ended` and `expired` the last month of an enrolment that was ended, or ran out, before the month.
    """

    worker_id: int
    nik: str
    status: str
    birth_date: str
    died_on: str | None
    merged_into: str | None
    other: str | None
    owed: bool
    ended: str | None
    ended_because: str | None
    expired: str | None


class Standing(NamedTuple):
    """Why somebody is not on our bill, and what that rests on."""

    category: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One line between invoice and bill, in signed rupiah: more than zero where BPJS asks for more.

    `assumed` marks a row without an amount, which counts at the rate of the bill.
    """

    category: str
    amount: int
    worker_id: int | None = None
    nik: str | None = None
    sheet: str | None = None
    row: int | None = None
    detail: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All differences; together they are exactly invoice minus bill. `theirs` is what the rows add up to."""

    theirs: int
    heads: int
    assumed: int
    lines: tuple[Difference, ...]


def standing(known: Known, month: Month, regulation: Regulation) -> Standing:
    """Return why somebody of the register is not on the bill of a month."""
    born = datetime.date.fromisoformat(known.birth_date)
    rule = eligibility.refusal(born=born, registered_on=month.first_day, regulation=regulation)
    reasons = (
        (known.merged_into is not None, "merged", known.merged_into),
        ((known.died_on or "9999") < month.first_day.isoformat(), "deceased", known.died_on),
        (known.status == "moved" or known.ended_because == "moved", "moved", known.ended),
        (known.other is not None, "other-payer", known.other),
        (known.owed, "not-billed", None),
        (known.ended is not None, "ended", known.ended),
        (rule == eligibility.TOO_OLD, "over-age", known.birth_date),
        (known.expired is not None, "ended", known.expired),
        (True, "not-enrolled", None),
    )
    return next(Standing(category, detail or "") for holds, category, detail in reasons if holds)


def compare(
    charges: Sequence[Charge],
    credits_: Sequence[Credit],
    rows: Iterable[Invoiced],
    others: Mapping[str, tuple[int, Standing]],
    least: int,
) -> Comparison:
    """Compare an invoice row by row with our charges and the credits our bill takes off.

    `others` holds those of the register who are not on the bill, by NIK. A row without an amount counts at
    the rate of its person on our bill, else at `least`.
    """
    ours = {charge.nik: charge for charge in charges}
    seen: set[str] = set()
    lines: list[Difference] = []
    theirs = heads = assumed = 0
    for row in rows:
        charge = ours.get(row.nik or "")
        amount = row.amount if row.amount is not None else (charge.amount if charge else least)
        theirs += amount
        heads += 1
        assumed += row.amount is None
        found = _difference(row, amount, charge, others, doubled=row.nik in seen)
        if found.amount or found.category != "rate-differs":
            lines.append(found)
        if row.nik is not None:
            seen.add(row.nik)
    lines += [
        Difference(category="missing", amount=-charge.amount, worker_id=charge.worker_id, nik=charge.nik)
        for charge in charges
        if charge.nik not in seen
    ]
    lines += _corrections(credits_)
    return Comparison(theirs=theirs, heads=heads, assumed=assumed, lines=tuple(lines))


def _corrections(credits_: Iterable[Credit]) -> list[Difference]:
    """Return what our bill takes off and an invoice of all its people does not."""
    return [
        Difference(
            category="correction",
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
    others: Mapping[str, tuple[int, Standing]],
    *,
    doubled: bool,
) -> Difference:
    """Return what a row adds to what our bill has for its person; nothing where they agree."""
    worker_id, (category, detail) = others.get(row.nik or "", (None, Standing("unknown", "")))
    if charge is not None:
        worker_id, category, detail = charge.worker_id, "rate-differs", ""
        amount = amount if doubled else amount - charge.amount
    if row.nik is None:
        category, detail = "unreadable", row.problem or ""
    elif doubled:
        category, detail = "doubled", ""
    return Difference(
        category=category,
        amount=amount,
        worker_id=worker_id,
        nik=row.nik,
        sheet=row.sheet,
        row=row.row,
        detail=detail,
        assumed=row.amount is None,
    )


class Share(NamedTuple):
    """What a category comes to: lines (people) and signed rupiah."""

    category: str
    heads: int | None
    amount: int


def shares(lines: Iterable[Difference]) -> tuple[Share, ...]:
    """Return the categories that occur, with their heads and rupiah."""
    heads: dict[str, int] = {}
    amounts: dict[str, int] = {}
    for line in lines:
        heads[line.category] = heads.get(line.category, 0) + 1
        amounts[line.category] = amounts.get(line.category, 0) + line.amount
    return tuple(Share(name, heads[name], amounts[name]) for name in CATEGORIES if name in heads)


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
    unexplained = Share("unexplained", None if rest % least else rest // least, rest)
    return Total((*shares(lines), *([unexplained] if rest else [])), tuple(lines))
