"""The money and the people of a year: what is paid, what is still to be paid, and how long the budget lasts.

Spent is what bills of the year's months were paid with by the as-of date, corrections taken off. Committed is
everybody at BPJS times the rate of each month that is not paid yet: payer, sector and month decide the rate.
The budget is one year's; what is left of it in December pays nothing in January.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer, Programme, Sector, Terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.forecast import cost, people, tables
from jamsostek_cli.reports.forecast.cost import CostLine
from jamsostek_cli.reports.forecast.people import Ending
from jamsostek_cli.reports.forecast.year import Forecast, Gap, PayerYear, YearBudget
from jamsostek_cli.rules.iuran import contribution
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.tables.table import Report


def forecast(
    connection: Connection,
    law: Regulation,
    *,
    year: int,
    as_of: datetime.date,
    payer: str | None = None,
    names: bool = False,
) -> Report:
    """Return the forecast of a year as it stands on `as_of`, of one payer or of all, as it is known today.

    A day before the year plans it: nothing is paid then. E508 for a day after it; E601 where a rate or the
    age limit is not in force.
    """
    if as_of.year > year:
        raise JcliError("E508", as_of=as_of, year=str(year))
    span, now = Span(Month(year, 1), Month(year, 12)), Month.of(as_of)
    ahead = Span(max(now, span.first), span.last)
    limit = law.count("reg.max_age_exclusive", as_of)
    horizon = now.plus(people.HORIZON - 1)
    endings = people.endings(connection, now, max(span.last, horizon), limit, payer)
    payers, lines = _payers(connection, law, span, as_of, payer, endings)
    outlook = Forecast(
        year=year,
        as_of=as_of,
        area=connection.execute("SELECT code FROM area").fetchone()[0],
        payers=payers,
        lines=lines,
        endings=tuple(ending for ending in endings if ending.end <= horizon),
        elders=tuple(people.elders(connection, as_of, limit, payer)),
        gap=_gap(connection, law, ahead, as_of),
        law=law,
    )
    return tables.report(outlook, names=names)


def of_budgets(connection: Connection, law: Regulation, as_of: datetime.date) -> tuple[PayerYear, ...]:
    """Return the year of each payer who has a budget for it, what may be renewed left out."""
    year = as_of.year
    payers, _ = _payers(connection, law, Span(Month(year, 1), Month(year, 12)), as_of, None, ())
    return tuple(payer for payer in payers if payer.budget is not None)


def _payers(
    connection: Connection,
    law: Regulation,
    span: Span,
    as_of: datetime.date,
    payer: str | None,
    endings: Iterable[Ending],
) -> tuple[tuple[PayerYear, ...], tuple[CostLine, ...]]:
    """Return the year of each payer, and the products that explain what is still to be paid."""
    now = Month.of(as_of)
    ahead = Span(max(now, span.first), span.last)
    unpaid = cost.without(cost.heads(connection, span, payer), cost.paid(connection, span, payer))
    bills = cost.bills(connection, span, payer, as_of)
    lines = (*cost.priced(unpaid, law), *cost.of_bills(bills))
    present = cost.priced(cost.heads(connection, Span(now, now), payer), law)
    proposals = cost.heads(connection, ahead, payer, cost.PROPOSED)
    proposed = cost.priced(proposals, law)
    renewable = [ending for ending in endings if ending.end < span.last]
    renewed = cost.priced(_renewed(renewable, ahead), law)
    budgets = _budgets(connection, span.first.year, payer)
    known = {line.payer for line in (*lines, *present, *proposed, *renewed)} | {who for who, _ in bills}
    return tuple(
        PayerYear(
            payer=Payer(who),
            budget=budgets.get(who),
            months=tuple(cost.by_month(span, unpaid, bills, lines, who)),
            heads=sum(line.heads or 0 for line in present if line.payer == who),
            monthly=_sum(present, who),
            renewal_heads=sum(end.heads - end.too_old for end in renewable if end.terms.payer == who),
            renewal=_sum(renewed, who),
            proposed_heads=cost.people(connection, ahead, who, cost.PROPOSED),
            proposed=_sum(proposed, who),
        )
        for who in sorted(known | budgets.keys() or {payer or Payer.CITY})
    ), lines


def _sum(lines: Iterable[CostLine], payer: str) -> int:
    return sum(line.amount for line in lines if line.payer == payer)


def _renewed(endings: Iterable[Ending], ahead: Span) -> dict[Terms, Counter[Month]]:
    """Return the months after the end of each enrolment, with those who may be enrolled again."""
    counts: dict[Terms, Counter[Month]] = defaultdict(Counter)
    for ending in endings:
        for month in Span(max(ending.end.plus(1), ahead.first), ahead.last).months():
            counts[ending.terms][month] += ending.heads - ending.too_old
    return counts


def _budgets(connection: Connection, year: int, payer: str | None) -> dict[str, YearBudget]:
    rows = connection.execute(
        """
        SELECT payer, amount, source, recorded_on FROM v_budget
        WHERE year = ? AND payer = coalesce(?, payer)
        """,
        (year, payer),
    )
    return {
        who: YearBudget(amount=amount, source=source, recorded_on=datetime.date.fromisoformat(day))
        for who, amount, source, day in rows
    }


def _gap(connection: Connection, law: Regulation, ahead: Span, as_of: datetime.date) -> Gap | None:
    """Return what is missing to the target at the lowest rate the city pays, from the next month on."""
    target = people.target(connection, ahead.first.year)
    if target is None:
        return None
    now = Month.of(as_of)
    enrolled = people.enrolled(connection, now, as_of)
    months = tuple(month for month in ahead.months() if month > now)
    first = months[0] if months else now
    lowest = contribution.basis_for_income(0, first, law)
    terms = Terms(Payer.CITY, Sector.OTHER, lowest, (Programme.JKK, Programme.JKM))
    missing = max(0, target.workers - enrolled)
    return Gap(
        target=target,
        enrolled=enrolled,
        missing=missing,
        rate=contribution.rate(terms, first, law),
        months=months,
        cost=missing * sum(contribution.rate(terms, month, law) for month in months),
    )
