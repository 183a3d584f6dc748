"""What a forecast says beside its figures: definitions, sources, and the arithmetic in words."""

from collections.abc import Iterator
from typing import Final

from jamsostek_cli.domain.month import Month
from jamsostek_cli.messages import figures
from jamsostek_cli.reports.forecast.people import HORIZON
from jamsostek_cli.reports.forecast.year import Forecast, PayerYear
from jamsostek_cli.rules.law.provision import Confidence
from jamsostek_cli.tables.table import Note
from jamsostek_cli.tables.wording import word

_RATES: Final = (
    "iuran.bpu.basis",
    "iuran.bpu.jkk_pct",
    "iuran.bpu.jkm",
    "iuran.bpu.jht_pct",
    "iuran.factor.all",
    "iuran.factor.other",
    "iuran.factor.transport",
)


def notes(outlook: Forecast) -> Iterator[Note]:
    """Return the notes of a forecast."""
    yield Note(key="forecast_costs", facts={"year": outlook.year, "as_of": outlook.as_of})
    for payer in outlook.payers:
        yield from _payer(payer, outlook)
    facts = {**_age_limit(outlook), "months": figures.count(HORIZON), "as_of": outlook.as_of}
    yield Note(key="forecast_people", facts=facts)
    yield from _target(outlook)
    yield _law(outlook)


def _payer(payer: PayerYear, outlook: Forecast) -> Iterator[Note]:
    facts: dict[str, object] = {"payer": word(payer.payer), "year": outlook.year}
    if payer.budget is None or payer.balance is None:
        yield Note(key="no_budget", facts=facts)
    else:
        money = {
            "amount": figures.rupiah(payer.budget.amount),
            "source": payer.budget.source or "-",
            "on": payer.budget.recorded_on,
            "spent": figures.rupiah(payer.spent),
            "committed": figures.rupiah(payer.committed),
            "balance": figures.rupiah(payer.balance),
        }
        yield Note(key="forecast_balance", facts=facts | money)
        if payer.money_ends is None:
            yield Note(key="forecast_lasts", facts=facts)
        else:
            yield Note(key="forecast_ends", facts=facts | {"month": figures.period(str(payer.money_ends))})
        if payer.months_left is not None:
            pace = {
                "remaining": figures.rupiah(payer.remaining or 0),
                "monthly": figures.rupiah(payer.monthly),
                "heads": figures.count(payer.heads),
                "month": figures.period(str(Month.of(outlook.as_of))),
                "months": figures.count(payer.months_left),
            }
            yield Note(key="forecast_pace", facts=facts | pace)
    overdue = sum(cost.committed for cost in payer.months if cost.month < Month.of(outlook.as_of))
    if overdue:
        yield Note(key="forecast_overdue", facts=facts | {"amount": figures.rupiah(overdue)})
    if payer.renewal_heads:
        renewal = {"heads": figures.count(payer.renewal_heads), "cost": figures.rupiah(payer.renewal)}
        yield Note(key="forecast_renewal", facts=facts | renewal)
    if payer.proposed_heads:
        proposed = {"heads": figures.count(payer.proposed_heads), "cost": figures.rupiah(payer.proposed)}
        yield Note(key="forecast_proposed", facts=facts | proposed)


def _age_limit(outlook: Forecast) -> dict[str, object]:
    limit = outlook.law.on("reg.max_age_exclusive", outlook.as_of)
    return {"age": limit.value, "citation": limit.citation, "confidence": word(limit.confidence)}


def _target(outlook: Forecast) -> Iterator[Note]:
    gap = outlook.gap
    if gap is None:
        yield Note(key="no_target", facts={"year": outlook.year, "area": outlook.area})
        return
    target = gap.target
    facts = {"source": target.source, "on": target.recorded_on, "year": target.year}
    yield Note(key="target", facts=facts)
    gaps = {
        "target": figures.count(target.workers),
        "enrolled": figures.count(gap.enrolled),
        "missing": figures.count(gap.missing),
        "rate": figures.rupiah(gap.rate),
        "monthly": figures.rupiah(gap.missing * gap.rate),
        "months": figures.count(len(gap.months)),
        "cost": figures.rupiah(gap.cost),
    }
    yield Note(key="forecast_missing", facts=gaps)


def _law(outlook: Forecast) -> Note:
    """Name the provisions the rates of the year rest on, and how many of them nobody has read."""
    months = [Month(outlook.year, number) for number in range(1, 13)]
    provisions = (outlook.law.on(name, month) for name in _RATES for month in months)
    used = {(provision.name, provision.since): provision for provision in provisions}
    citations = sorted({provision.citation for provision in used.values()})
    unread = sum(provision.confidence is not Confidence.READ for provision in used.values())
    return Note(
        key="forecast_law", facts={"citations": "; ".join(citations), "unread": unread, "all": len(used)}
    )
