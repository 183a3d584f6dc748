"""A forecast laid out: figures, tables with the arithmetic behind them, and notes with their sources."""

from collections import Counter
from collections.abc import Iterable, Sequence

from jamsostek_cli.domain.iuran import written_programmes
from jamsostek_cli.domain.month import Month
from jamsostek_cli.reports.forecast import notes
from jamsostek_cli.reports.forecast.people import Elder
from jamsostek_cli.reports.forecast.year import Forecast, Gap, PayerYear
from jamsostek_cli.tables.table import Column, Figure, Kind, Report, Table, Value


def report(found: Forecast, *, names: bool) -> Report:
    """Return the report of a forecast, with the people who cannot be enrolled again if asked."""
    several = len(found.payers) != 1
    soon = [elder for elder in found.elders if elder.reaches_on > found.as_of]
    tables = (
        _months(found),
        *(_by_payer(found.payers) if several else ()),
        _lines(found),
        _endings(found),
        _ages(soon),
    )
    return Report(
        name="forecast",
        period=str(found.year),
        as_of=found.as_of,
        figures=(
            *(_sums(found.payers) if several else _figures(found.payers[0])),
            Figure("age_limit", len(soon)),
            Figure("not_renewable", sum(ending.too_old for ending in found.endings)),
            *_missing(found.gap),
        ),
        tables=tables,
        notes=tuple(notes.notes(found)),
        names=_names(found.elders) if names else (),
        names_columns=(
            Column("worker"),
            Column("name"),
            Column("kelurahan"),
            Column("payer"),
            Column("birth_date", Kind.DATE),
            Column("reaches_on", Kind.DATE),
            Column("last_month"),
            Column("may_renew"),
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
        Figure("money_ends", _month(payer.money_ends), Kind.TEXT),
        *_continued([payer]),
    ]
    if payer.renewal_heads or payer.proposed_heads:
        figures.append(Figure("balance_continued", payer.balance_continued, money))
    return [figure for figure in figures if figure.value is not None]


def _month(month: Month | None) -> str | None:
    return None if month is None else str(month)


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


def _months(found: Forecast) -> Table:
    """Return the year month by month, all payers together; with one budget also what is left of it."""
    left = found.payers[0].left if len(found.payers) == 1 and found.payers[0].budget is not None else None
    columns = (
        Column("month"),
        Column("heads", Kind.COUNT),
        Column("spent", Kind.RUPIAH),
        Column("committed", Kind.RUPIAH),
    )
    rows: list[tuple[Value, ...]] = []
    for place, costs in enumerate(zip(*(payer.months for payer in found.payers), strict=True)):
        sums = (sum(c.heads for c in costs), sum(c.spent for c in costs), sum(c.committed for c in costs))
        rows.append((str(costs[0].month), *sums, *(() if left is None else (left[place],))))
    spent, committed = (sum(int(row[place] or 0) for row in rows) for place in (2, 3))
    return Table(
        key="forecast_months",
        columns=columns if left is None else (*columns, Column("left", Kind.RUPIAH)),
        rows=rows,
        total=(None, None, spent, committed, *(() if left is None else (left[-1],))),
        chart=("month", "spent", "committed"),
        line=None if left is None else ("month", "left"),
    )


def _by_payer(payers: Iterable[PayerYear]) -> tuple[Table, Table]:
    money = Table(
        key="forecast_payers",
        columns=(
            Column("payer"),
            Column("budget", Kind.RUPIAH),
            Column("spent", Kind.RUPIAH),
            Column("committed", Kind.RUPIAH),
            Column("balance", Kind.RUPIAH),
        ),
        rows=[
            (p.payer, None if p.budget is None else p.budget.amount, p.spent, p.committed, p.balance)
            for p in payers
        ],
    )
    pace = Table(
        key="forecast_pace",
        columns=(
            Column("payer"),
            Column("heads_now", Kind.COUNT),
            Column("monthly_cost", Kind.RUPIAH),
            Column("remaining", Kind.RUPIAH),
            Column("months_left", Kind.COUNT),
            Column("money_ends"),
        ),
        rows=[
            (p.payer, p.heads, p.monthly, p.remaining, p.months_left, _month(p.money_ends)) for p in payers
        ],
    )
    return money, pace


def _lines(found: Forecast) -> Table:
    """Return the products whose sum is what is still to be paid."""
    rows: list[tuple[Value, ...]] = []
    for line in found.lines:
        terms = line.terms
        shown = (
            (None, None, None)
            if terms is None
            else (terms.sector, terms.basis, written_programmes(terms.programmes))
        )
        months = (str(line.span.first), str(line.span.last), len(line.span))
        rows.append((line.payer, *shown, *months, line.heads, line.rate, line.amount))
    return Table(
        key="forecast_lines",
        columns=(
            Column("payer"),
            Column("sector"),
            Column("basis", Kind.RUPIAH),
            Column("programmes"),
            Column("first_month"),
            Column("last_month"),
            Column("months", Kind.COUNT),
            Column("heads", Kind.COUNT),
            Column("rate", Kind.RUPIAH),
            Column("amount", Kind.RUPIAH),
        ),
        rows=rows,
        total=(*[None] * 9, sum(payer.committed for payer in found.payers)),
    )


_RENEWABLE = (Column("renewable", Kind.COUNT), Column("not_renewable", Kind.COUNT))


def _endings(found: Forecast) -> Table:
    """Return how many enrolments end with each month, and how many of them for good."""
    ending: Counter[Month] = Counter()
    too_old: Counter[Month] = Counter()
    for one in found.endings:
        ending[one.end] += one.heads
        too_old[one.end] += one.too_old
    return Table(
        key="forecast_endings",
        columns=(Column("last_month"), Column("heads", Kind.COUNT), *_RENEWABLE),
        rows=[(str(m), ending[m], ending[m] - too_old[m], too_old[m]) for m in sorted(ending)],
        total=(None, ending.total(), ending.total() - too_old.total(), too_old.total()),
    )


def _ages(soon: Sequence[Elder]) -> Table:
    """Return how many reach the age limit in each month, and how many may be enrolled once more before."""
    reaching = Counter(Month.of(elder.reaches_on) for elder in soon)
    renewable = Counter(Month.of(elder.reaches_on) for elder in soon if elder.renewable)
    return Table(
        key="forecast_ages",
        columns=(Column("month"), Column("heads", Kind.COUNT), *_RENEWABLE),
        rows=[(str(m), reaching[m], renewable[m], reaching[m] - renewable[m]) for m in sorted(reaching)],
        total=(None, len(soon), renewable.total(), len(soon) - renewable.total()),
    )


def _names(elders: Iterable[Elder]) -> tuple[tuple[Value, ...], ...]:
    """Return the people behind both tables, those who reach the limit first at the top."""
    return tuple(
        (
            f"P-{elder.worker_id:06d}",
            elder.name,
            elder.kelurahan,
            elder.payer,
            elder.born.isoformat(),
            elder.reaches_on.isoformat(),
            str(elder.end),
            "yes" if elder.renewable else "no",
        )
        for elder in elders
    )
