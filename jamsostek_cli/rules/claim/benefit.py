"""What a claim is worth on the day it happened: cover first, then the lines, each with its article."""

import datetime
from typing import Final

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.enrolment import Segment
from jamsostek_cli.domain.month import Month, Span, complete_months
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.claim import accident, scholarship
from jamsostek_cli.rules.claim.assessment import (
    Assessment,
    BenefitLine,
    ClaimFacts,
    Confirmation,
    Loss,
    fixed,
)
from jamsostek_cli.rules.claim.scholarship import Year
from jamsostek_cli.rules.cover.protection import CoverStatus, counted_from, cover_on, paid_months
from jamsostek_cli.rules.law.regulation import Regulation

__all__ = ["Assessment", "BenefitLine", "ClaimFacts", "Confirmation", "Loss", "assess"]

_MINIMUM: Final = "jkm.min_months_full"
_GAP: Final = "jkm.max_gap_months"
_SCHOLARSHIP: Final = "beasiswa.jkm_min_months"


def assess(facts: ClaimFacts, regulation: Regulation) -> Assessment:
    """Return what is owed for an event by the values in force on its date.

    E406 when the member was not covered, E418 when the right to JKK had lapsed at the report (`until` is
    the first day without it), E601 where no value is in force, E602 for an unknown loss or bill.
    """
    cover = cover_on(facts.event_date, facts.spans, regulation)
    if cover.span is None or cover.status is CoverStatus.NO:
        raise JcliError("E406", day=facts.event_date, reason=cover.reason)
    _check_lapse(facts, regulation)
    year = _scholarship(facts, cover.span, regulation)
    full = _lines(facts, year.most, regulation)
    confirmation = None
    if facts.kind is ClaimKind.SCHOLARSHIP and year.question:
        confirmation = Confirmation(year.question, _lines(facts, year.least, regulation), full)
    if _below_minimum(facts, cover.span, regulation):
        reduced = (fixed("pemakaman", "jkm.below_min_amount", facts, regulation),)
        doubt = _minimum_doubt(facts, regulation)
        if doubt:
            confirmation = Confirmation(doubt, reduced, full)
        else:
            full, year = reduced, Year()
    if cover.status is CoverStatus.UNCERTAIN:
        # Whoever finds the event covered gives the full benefit, so this question stands for both.
        confirmation = Confirmation("unpaid-months", (), full)
    return Assessment(
        cover=cover,
        lines=full if confirmation is None else confirmation.reduced,
        scholarship=year,
        confirmation=confirmation,
    )


def _lines(facts: ClaimFacts, year: int, regulation: Regulation) -> tuple[BenefitLine, ...]:
    """Return the lines that are worth something; `year` is what the scholarships of the year come to."""
    return tuple(line for line in _all_lines(facts, year, regulation) if line.amount)


def _all_lines(facts: ClaimFacts, year: int, regulation: Regulation) -> tuple[BenefitLine, ...]:
    if facts.kind is ClaimKind.JKM:
        return (
            fixed("santunan", "jkm.sekaligus", facts, regulation),
            fixed("berkala", "jkm.berkala", facts, regulation),
            fixed("pemakaman", "jkm.pemakaman", facts, regulation),
        )
    if facts.kind in accident.KINDS:
        return tuple(accident.lines(facts, regulation))
    if facts.kind is ClaimKind.SCHOLARSHIP:
        source = regulation.on("beasiswa.max_children", facts.event_date)
        return (BenefitLine("beasiswa", year, source.citation),)
    return (_own_grant(facts, regulation),)


def _own_grant(facts: ClaimFacts, regulation: Regulation) -> BenefitLine:
    """Return the city's own grant; E601, with how to set it, until the city has set one."""
    try:
        return fixed("santunan", "santunan.amount", facts, regulation)
    except JcliError as unset:
        raise JcliError(unset.code, **unset.facts, remedy="E601.santunan") from None


def _check_lapse(facts: ClaimFacts, regulation: Regulation) -> None:
    if facts.kind not in accident.KINDS or facts.reported_on is None:
        return
    until = accident.lapses_on(facts.event_date, regulation)
    if facts.reported_on >= until:
        raise JcliError("E418", until=until)


def _below_minimum(facts: ClaimFacts, run: Span, regulation: Regulation) -> bool:
    """Tell whether the three-month rule takes the full JKM from a self-employed member.

    Months are complete months of the unbroken run that ends at the death, from the 1st of its first month
    (Permenaker 1/2025); the rule says nothing about JKK.
    """
    if facts.kind is not ClaimKind.JKM or facts.segment is not Segment.BPU:
        return False
    if _complete_since(run.first, facts, regulation):
        return False
    gap = regulation.count(_GAP, facts.event_date)
    return not _complete_since(counted_from(run, facts.spans, gap), facts, regulation)


def _minimum_doubt(facts: ClaimFacts, regulation: Regulation) -> str | None:
    """Return the question that keeps the three-month rule from deciding, None where it decides.

    A gap matters only to whom the months since the first one paid for would be enough.
    """
    doubt = regulation.on(_MINIMUM, facts.event_date).doubt
    if _complete_since(min(span.first for span in facts.spans), facts, regulation):
        return regulation.on(_GAP, facts.event_date).doubt or doubt
    return doubt


def _complete_since(first: Month, facts: ClaimFacts, regulation: Regulation) -> bool:
    """Tell whether enough complete months lie between a first month and the death."""
    months = complete_months(first.first_day, facts.event_date)
    return months >= regulation.count(_MINIMUM, facts.event_date)


def _scholarship(facts: ClaimFacts, run: Span, regulation: Regulation) -> Year:
    """Return the scholarships of a school year; JKM gives them after enough months, JKK at once."""
    opened_by = facts.opened_by if facts.kind is ClaimKind.SCHOLARSHIP else facts.kind
    day, doubt = facts.event_date, None
    if opened_by is ClaimKind.JKM:
        minimum = regulation.on(_SCHOLARSHIP, day)
        opens = paid_months(day, facts.spans) >= regulation.count(_SCHOLARSHIP, day)
        if _complete_in_row(run, day) < regulation.count(_SCHOLARSHIP, day):
            doubt = minimum.doubt
    else:
        disabled = opened_by is ClaimKind.JKK_DISABILITY and facts.total_disability
        opens = opened_by is ClaimKind.JKK_DEATH or disabled
    if not opens:
        return Year()
    year = scholarship.of_year(
        facts.children,
        event_date=day,
        since=facts.died_on or day,
        regulation=regulation,
        claimed_on=facts.reported_on if facts.kind is ClaimKind.SCHOLARSHIP else None,
    )
    return Year(0, year.most, doubt) if year.most and doubt else year


def _complete_in_row(run: Span, day: datetime.date) -> int:
    """Return the months of a run that were paid for and complete on a day: the strictest way to count."""
    return min(len(run), complete_months(run.first.first_day, day))
