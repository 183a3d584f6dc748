"""A death by illness of somebody in several memberships: each pays its parts, the funeral is paid once.

Source: Permenaker 1/2025 as BPJS's brochure of 2026 restates it. A work accident belongs to the one
membership in which the work was done, so JKK has nothing to do with this.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from jamsostek_cli import strict
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.enrolment import Segment
from jamsostek_cli.domain.month import Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.claim import accident, benefit
from jamsostek_cli.rules.claim.assessment import Assessment, BenefitLine, ClaimFacts, Confirmation
from jamsostek_cli.rules.law.regulation import Regulation

_FUNERALS: Final = "jkm.funeral_parts"
_SEVERAL: Final = "several-memberships"
_MEMBERSHIP: Final[strict.Types] = {"segment": (str,), "paid": (list,)}


def checked(said: Sequence[object], kind: str, place: str) -> None:
    """Refuse (E602) further memberships of a case that are not as they should be.

    `TypeError` or `ValueError` for months that are none.
    """
    strict.demand(not said or kind == ClaimKind.JKM, place, "memberships: for kind jkm only")
    for each in said:
        known = strict.table(each, _MEMBERSHIP, place, required=("segment", "paid"))
        segments = ", ".join(Segment)
        strict.demand(known["segment"] in tuple(Segment), place, f"segment: {segments}")
        _months(known)


def assess(facts: ClaimFacts, more: Sequence[Mapping[str, Any]], regulation: Regulation) -> Assessment:
    """Return what is owed for a death under all memberships of the person; `more` are those beside its own.

    A membership that was not covered pays nothing; E406 where none was. Where the law leaves open whether
    another one pays at all (two of one segment; a death before Permenaker 1/2025), the question is
    `several-memberships`: the dearest one alone, or all of them.
    """
    found, refusals = [], []
    for one in (facts, *(_beside(facts, said) for said in more)):
        try:
            found.append((one, benefit.assess(one, regulation)))
        except JcliError as refusal:
            if refusal.code != "E406":
                raise
            refusals.append(refusal)
    if not found:
        raise refusals[0]
    assessments = [assessment for _, assessment in found]
    best = max(assessments, key=lambda one: (_most(one), one.total))
    whole = replace(best, scholarship=max((one.scholarship for one in assessments), key=lambda one: one.most))
    if len(found) == 1:
        return whole
    least = _together([one.lines for one in assessments])
    most = _together([_full(one) for one in assessments])
    questions = [one.confirmation.question for one in assessments if one.confirmation is not None]
    if (
        len({one.segment for one, _ in found}) < len(found)
        or regulation.on(_FUNERALS, facts.event_date).doubt
    ):
        questions, least = [*questions, _SEVERAL], best.lines
    if not questions:
        return replace(whole, lines=most)
    return replace(whole, lines=least, confirmation=Confirmation(questions[0], least, most))


def _beside(facts: ClaimFacts, said: Mapping[str, Any]) -> ClaimFacts:
    return replace(facts, segment=Segment(said["segment"]), spans=_months(said))


def _months(said: Mapping[str, Any]) -> tuple[Span, ...]:
    return tuple(Span.parse(*span) for span in said["paid"])


def _full(assessment: Assessment) -> tuple[BenefitLine, ...]:
    return assessment.lines if assessment.confirmation is None else assessment.confirmation.full


def _most(assessment: Assessment) -> int:
    return sum(line.amount for line in _full(assessment))


def _together(parts: Sequence[Sequence[BenefitLine]]) -> tuple[BenefitLine, ...]:
    """Return the lines of several memberships as one: added up, but for the funeral, which is paid once."""
    lines: dict[str, BenefitLine] = {}
    for line in (line for part in parts for line in part):
        first = lines.get(line.component)
        if first is None:
            lines[line.component] = line
        elif line.component != accident.FUNERAL:
            lines[line.component] = replace(first, amount=first.amount + line.amount)
    return tuple(lines.values())
