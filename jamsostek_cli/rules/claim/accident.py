"""Benefits of a work accident (JKK); the date of the accident decides.

Sources: PP 82/2019 annex III, before it PP 44/2015 annex III.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from jamsostek_cli import strict
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.month import Month
from jamsostek_cli.rules.claim.assessment import CUT, BenefitLine, ClaimFacts, Reckoned, fixed
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.rules.rupiah import whole_rupiah

KINDS: Final = frozenset({ClaimKind.JKK_DEATH, ClaimKind.JKK_DISABILITY, ClaimKind.JKK_TREATMENT})
"""The claims of JKK."""

FUNERAL: Final = "pemakaman"
"""The component of a benefit that is the funeral part."""


def lapses_on(accident_on: datetime.date, regulation: Regulation) -> datetime.date:
    """Return the first day on which the right to JKK is gone (PP 82/2019 art. 26; before: PP 44/2015).

    An accident on 29 February lapses on 1 March.
    """
    years = regulation.count("claim.jkk_lapse_years", accident_on)
    month = Month(accident_on.year + years, accident_on.month)
    return month.first_day + datetime.timedelta(days=accident_on.day - 1)


def funeral_part(lines: Iterable[tuple[str, int]]) -> int:
    """Return the rupiah of the funeral part among lines, given as component and rupiah.

    Whether it is paid for somebody lost at sea the sources do not agree on: BPJS is asked.
    """
    return sum(amount for component, amount in lines if component == FUNERAL)


def lines(facts: ClaimFacts, regulation: Regulation) -> Iterator[BenefitLine]:
    """Yield the lines of a JKK claim, zero ones among them; E602 for a part or a bill nobody knows.

    What a treatment costs stands beside every kind: months unable to work, transport, home care, aids.
    """
    if facts.kind is ClaimKind.JKK_DEATH:
        yield _multiple("santunan", "jkk.death_multiple", facts, regulation)
        yield fixed("berkala", "jkk.berkala", facts, regulation)
        yield fixed(FUNERAL, "jkk.pemakaman", facts, regulation)
    if facts.kind is ClaimKind.JKK_DISABILITY:
        yield from _disability(facts, regulation)
    if facts.months_unable:
        yield _unable(facts, regulation)
    if facts.expenses:
        yield from _expenses(facts, regulation)


def _multiple(component: str, name: str, facts: ClaimFacts, regulation: Regulation) -> BenefitLine:
    """Return a line that is a multiple of the wage basis."""
    times = regulation.count(name, facts.event_date)
    citation = regulation.on(name, facts.event_date).citation
    return BenefitLine(component, times * facts.basis, citation, (Reckoned(facts.basis, (times,)),))


def _disability(facts: ClaimFacts, regulation: Regulation) -> Iterator[BenefitLine]:
    day = facts.event_date
    if facts.total_disability:
        yield _multiple("cacat", "jkk.total_multiple", facts, regulation)
        yield fixed("berkala", "jkk.berkala", facts, regulation)
        return
    shares = regulation.table("jkk.partial_shares", day)
    lost = sum((_known(shares, loss.part) * loss.share for loss in facts.losses), Decimal(0))
    cap = regulation.number("jkk.partial_cap", day)
    counted = min(lost, cap)
    whole = _multiple("cacat", "jkk.partial_multiple", facts, regulation)
    (times,) = whole.reckoned
    parts = tuple(
        Reckoned(times.rupiah, (loss.share, shares[loss.part], *times.factors), loss.part)
        for loss in facts.losses
    )
    if counted < lost:
        parts += (Reckoned(times.rupiah, (cap, *times.factors), CUT),)
    yield BenefitLine(whole.component, whole_rupiah(counted * whole.amount), whole.citation, parts)


def _unable(facts: ClaimFacts, regulation: Regulation) -> BenefitLine:
    day = facts.event_date
    steps = regulation.steps("jkk.stmb", day)
    ends = [*(bound for bound, _ in steps[1:]), facts.months_unable]
    months = Decimal(0)
    parts = []
    for (start, share), end in zip(steps, ends, strict=True):
        counted = max(0, min(end, facts.months_unable) - start)
        months += share * counted
        parts += [Reckoned(facts.basis, (counted, share))] if counted else []
    citation = regulation.on("jkk.stmb", day).citation
    return BenefitLine("stmb", whole_rupiah(months * facts.basis), citation, tuple(parts))


def _expenses(facts: ClaimFacts, regulation: Regulation) -> Iterator[BenefitLine]:
    bills = {name: amount for name, amount in facts.expenses.items() if amount}
    rides = {name: bills.pop(name) for name in tuple(bills) if name.startswith("transport_")}
    if rides:
        caps = regulation.on("jkk.transport", facts.event_date)
        limits = regulation.table("jkk.transport", facts.event_date)
        yield _each_capped("transport", rides, limits, caps.citation)
    if "home_care" in bills:
        yield _home_care(bills.pop("home_care"), facts, regulation)
    if bills:
        caps = regulation.on("jkk.aids", facts.event_date)
        limits = regulation.table("jkk.aids", facts.event_date)
        yield _each_capped("aids", bills, limits, caps.citation)


def _each_capped(
    component: str, bills: Mapping[str, int], limits: Mapping[str, Decimal], citation: str
) -> BenefitLine:
    """Return the line of bills, each up to its own cap: what one leaves of its cap pays for no other."""
    parts = tuple(Reckoned(bill, name=name, cap=int(_known(limits, name))) for name, bill in bills.items())
    amount = sum(min(bills[part.name], part.cap or 0) for part in parts)
    return BenefitLine(component, amount, citation, parts)


def _home_care(bill: int, facts: ClaimFacts, regulation: Regulation) -> BenefitLine:
    """Return the line for home care; a bill for more months than count is cut to their part of it."""
    cap = fixed("home_care", "jkk.homecare", facts, regulation)
    months = facts.home_care_months
    longest = regulation.count("jkk.homecare_months", facts.event_date)
    counted = whole_rupiah(Decimal(bill * longest) / months) if months > longest else bill
    part = Reckoned(counted, name=cap.component, cap=cap.amount)
    return BenefitLine(cap.component, min(counted, cap.amount), cap.citation, (part,))


def _known(limits: Mapping[str, Decimal], name: str) -> Decimal:
    strict.demand(name in limits, name, "unknown here; known: " + ", ".join(sorted(limits)))
    return limits[name]
