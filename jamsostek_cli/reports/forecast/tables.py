"""A forecast laid out: figures, tables with the arithmetic behind them, and notes with their sources."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.reports.forecast import notes
from jamsostek_cli.reports.forecast.people import Elder
from jamsostek_cli.reports.forecast.year import Forecast, Gap, PayerYear
from jamsostek_cli.tables.table import Column, Figure, Kind, Report, Table
from jamsostek_cli.tables.wording import programmes


def report(outlook: Forecast, *, names: bool) -> Report:
    """Return the report of a forecast, with the people who cannot be enrolled again if asked."""
    several = len(outlook.payers) != 1
    soon = [elder for elder in outlook.elders if elder.reaches_on > outlook.as_of]
    tables = (
        _months(outlook),
        *(_by_payer(outlook.payers) if several else ()),
        _lines(outlook),
        _endings(outlook),
        _ages(soon),
    )
    return Report(
        name="forecast",
        period=str(outlook.year),
        as_of=outlook.as_of,
        figures=(
            *(_sums(outlook.payers) if several else _figures(outlook.payers[0])),
            Figure("age_limit", len(soon)),
            Figure("not_renewable", sum(ending.too_old for ending in outlook.endings)),
            *_missing(outlook.gap),
        ),
        tables=tables,
        notes=tuple(notes.notes(outlook)),
        names=outlook.elders if names else (),
        names_columns=(
            Column("worker", of=lambda elder: number_of(elder.worker_id)),
            Column("name"),
            Column("kelurahan"),
            Column("payer"),
            Column("birth_date", Kind.DATE, of=lambda elder: elder.born),
            Column("reaches_on", Kind.DATE),
            Column("last_month", of=lambda elder: elder.end),
            Column("may_renew", of=lambda elder: elder.renewable),
        ),
    )


def _figures(payer: PayerYear) -> list[Figure]:
    """Return one payer's year; what needs a budget is left out where there is none."""
    money = Kind.RUPIAH
    figures = [
        Figure("budget", None if payer.budget is None else payer.budget.amount, money),
        Figure("spent", payer.spent, money),
        Figure("committed", payer.committed, money),
        Figure("year_cost", payer.spent + payer.committed, money),
        Figure("balance", payer.balance, money),
        Figure("remaining", payer.remaining, money),
        Figure("heads_now", payer.heads),
        Figure("monthly_cost", payer.monthly, money),
        Figure("months_left", payer.months_left),
        Figure("money_ends", payer.money_ends, Kind.TEXT),
        *_continued([payer]),
    ]
    if payer.renewal_heads or payer.proposed_heads:
        figures.append(Figure("balance_continued", payer.balance_continued, money))
    return [figure for figure in figures if figure.value is not None]


def _continued(payers: Sequence[PayerYear]) -> list[Figure]:
    """Return what may still be added to the year, where there is anything."""
    renewals, proposals = sum(p.renewal_heads for p in payers), sum(p.proposed_heads for p in payers)
    figures = []
    if renewals:
        cost = sum(payer.renewal for payer in payers)
        figures += [Figure("renewal_heads", renewals), Figure("renewal_cost", cost, Kind.RUPIAH)]
    if proposals:
        cost = sum(payer.proposed for payer in payers)
        figures += [Figure("proposed_heads", proposals), Figure("proposed_cost", cost, Kind.RUPIAH)]
    return figures


def _sums(payers: Sequence[PayerYear]) -> list[Figure]:
    """Return what may be added over payers; one payer's money pays no other's bill, so no balance."""
    spent, committed = sum(payer.spent for payer in payers), sum(payer.committed for payer in payers)
    return [
        Figure("spent", spent, Kind.RUPIAH),
        Figure("committed", committed, Kind.RUPIAH),
        Figure("year_cost", spent + committed, Kind.RUPIAH),
        Figure("heads_now", sum(payer.heads for payer in payers)),
        Figure("monthly_cost", sum(payer.monthly for payer in payers), Kind.RUPIAH),
        *_continued(payers),
    ]


def _missing(gap: Gap | None) -> list[Figure]:
    if gap is None:
        return []
    return [
        Figure("target", gap.target.workers),
        Figure("enrolled", gap.enrolled),
        Figure("missing", gap.missing),
        Figure("missing_monthly", gap.missing * gap.rate, Kind.RUPIAH),
        Figure("missing_cost", gap.cost, Kind.RUPIAH),
    ]


class _Month(NamedTuple):
    """A month of the year, all payers together; `left` is what then remains of the budget, or None."""

    month: Month | None
    heads: int | None
    spent: int
    committed: int
    left: int | None


def _months(outlook: Forecast) -> Table:
    """Return the year month by month, all payers together; with one budget also what is left of it."""
    payer = outlook.payers[0]
    budgeted = len(outlook.payers) == 1 and payer.budget is not None
    months = [
        _Month(
            month=costs[0].month,
            heads=sum(cost.heads for cost in costs),
            spent=sum(cost.spent for cost in costs),
            committed=sum(cost.committed for cost in costs),
            left=left,
        )
        for costs, left in zip(zip(*(p.months for p in outlook.payers), strict=True), payer.left, strict=True)
    ]
    spent, committed = sum(month.spent for month in months), sum(month.committed for month in months)
    return Table.of(
        "forecast_months",
        months,
        (
            Column("month"),
            Column("heads", Kind.COUNT),
            Column("spent", Kind.RUPIAH),
            Column("committed", Kind.RUPIAH),
            *([Column("left", Kind.RUPIAH)] if budgeted else []),
        ),
        whole=_Month(None, None, spent, committed, months[-1].left),
        chart=("month", "spent", "committed"),
        line=("month", "left") if budgeted else None,
    )


def _by_payer(payers: Sequence[PayerYear]) -> tuple[Table, Table]:
    money = Table.of(
        "forecast_payers",
        payers,
        (
            Column("payer"),
            Column("budget", Kind.RUPIAH, of=lambda year: year.budget and year.budget.amount),
            Column("spent", Kind.RUPIAH),
            Column("committed", Kind.RUPIAH),
            Column("balance", Kind.RUPIAH),
        ),
    )
    pace = Table.of(
        "forecast_pace",
        payers,
        (
            Column("payer"),
            Column("heads_now", Kind.COUNT, of=lambda year: year.heads),
            Column("monthly_cost", Kind.RUPIAH, of=lambda year: year.monthly),
            Column("remaining", Kind.RUPIAH),
            Column("months_left", Kind.COUNT),
            Column("money_ends"),
        ),
    )
    return money, pace


def _lines(outlook: Forecast) -> Table:
    """Return the products whose sum is what is still to be paid."""
    return Table.of(
        "forecast_lines",
        outlook.lines,
        (
            Column("payer", of=lambda line: Payer(line.payer)),
            Column("sector", of=lambda line: line.terms and line.terms.sector),
            Column("basis", Kind.RUPIAH, of=lambda line: line.terms and line.terms.basis),
            Column("programmes", of=lambda line: line.terms and programmes(line.terms.programmes)),
            Column("first_month", of=lambda line: line.span.first),
            Column("last_month", of=lambda line: line.span.last),
            Column("months", Kind.COUNT, of=lambda line: len(line.span)),
            Column("heads", Kind.COUNT),
            Column("rate", Kind.RUPIAH),
            Column("amount", Kind.RUPIAH),
        ),
        summed=("amount",),
    )


class _Renewal(NamedTuple):
    """The people of a month, and how many of them are too old to be enrolled again."""

    month: Month
    heads: int
    not_renewable: int

    @property
    def renewable(self) -> int:
        return self.heads - self.not_renewable


_RENEWALS = (
    Column("heads", Kind.COUNT),
    Column("renewable", Kind.COUNT),
    Column("not_renewable", Kind.COUNT),
)


def _endings(outlook: Forecast) -> Table:
    """Return how many enrolments end with each month, and how many of them for good."""
    heads, too_old = Counter[Month](), Counter[Month]()
    for ending in outlook.endings:
        heads[ending.end] += ending.heads
        too_old[ending.end] += ending.too_old
    return Table.of(
        "forecast_endings",
        [_Renewal(month, heads[month], too_old[month]) for month in sorted(heads)],
        (Column("last_month", of=lambda renewal: renewal.month), *_RENEWALS),
        summed=[column.key for column in _RENEWALS],
    )


def _ages(soon: Sequence[Elder]) -> Table:
    """Return how many reach the age limit in each month, and how many may be enrolled once more before."""
    heads = Counter(Month.of(elder.reaches_on) for elder in soon)
    too_old = Counter(Month.of(elder.reaches_on) for elder in soon if not elder.renewable)
    return Table.of(
        "forecast_ages",
        [_Renewal(month, heads[month], too_old[month]) for month in sorted(heads)],
        (Column("month"), *_RENEWALS),
        summed=[column.key for column in _RENEWALS],
    )
