"""How what a claim is worth comes about, step by step: what counts, and which article says so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.enrolment import Segment
from jamsostek_cli.domain.month import Month, Span, complete_months
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.claim import accident, benefit
from jamsostek_cli.rules.claim.assessment import Assessment, BenefitLine, ClaimFacts
from jamsostek_cli.rules.cover.protection import LAPSE, Cover, CoverStatus, cover_on, paid_months
from jamsostek_cli.rules.law.regulation import Regulation

_MINIMUM: Final = "jkm.min_months_full"
_TENURE: Final = "beasiswa.jkm_min_months"
_CHILDREN: Final = "beasiswa.max_children"


class StepKind(StrEnum):
    """What a step of an explanation says."""

    EVENT = "event"
    NEVER_PAID = "never-paid"
    PAID = "paid"
    COVERED = "covered"
    UNCERTAIN = "uncertain"
    NOT_COVERED = "not-covered"
    LAPSED = "lapsed"
    RIGHT_UNTIL = "right-until"
    NO_MINIMUM = "no-minimum"
    MINIMUM_MET = "minimum-met"
    MINIMUM_MISSED = "minimum-missed"
    LINE = "line"
    TOTAL = "total"
    QUESTION = "question"
    LOST_AT_SEA = "lost-at-sea"
    SEARCHED = "searched"
    TENURE_MET = "tenure-met"
    TENURE_MISSED = "tenure-missed"
    NO_TENURE = "no-tenure"
    NOT_OPENED = "not-opened"
    NO_CHILD = "no-child"
    SCHOLARSHIP = "scholarship"
    SCHOLARSHIP_OPEN = "scholarship-open"


@dataclass(frozen=True, slots=True)
class Step:
    """A step: `facts` are days, months, counts and rupiah by name, `line` what it pays, if it does."""

    kind: StepKind
    facts: Mapping[str, object] = field(default_factory=dict)
    citation: str | None = None
    line: BenefitLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The steps as they are taken, one after another; without an assessment the last one refuses."""

    steps: tuple[Step, ...]
    assessment: Assessment | None


@dataclass(frozen=True, slots=True)
class TooFewMonths:
    """Why a death after an illness is worth the small sum alone: the three-month rule.

    `complete` months were paid from `first` on without a gap, of a `minimum` before the death.
    """

    minimum: int
    complete: int
    first: Month

    @property
    def missing(self) -> Span:
        """The months before the first one that, had they been paid, would have made it the whole sum."""
        return Span(self.first.plus(self.complete - self.minimum), self.first.plus(-1))


def too_few_months(facts: ClaimFacts, assessment: Assessment, regulation: Regulation) -> TooFewMonths | None:
    """Return which months a death lacks for the whole sum; None where it lacks none, or that is open."""
    minimum, run = regulation.count(_MINIMUM, facts.event_date), assessment.cover.span
    if facts.kind is not ClaimKind.JKM or facts.segment is not Segment.BPU or run is None:
        return None
    complete = _complete(assessment.cover, run, facts)
    if assessment.confirmation is not None or complete >= minimum:
        return None
    return TooFewMonths(minimum, complete, run.first)


def _complete(cover: Cover, run: Span, facts: ClaimFacts) -> int:
    """Return the complete months paid in the run before a death."""
    return min(complete_months(run.first.first_day, facts.event_date), cover.months_in_row)


def explain(facts: ClaimFacts, regulation: Regulation) -> Explanation:
    """Return how a claim comes to what `benefit.assess` gives it.

    A refusal of cover (E406) or of time (E418) is the last step; E601 and E602 are raised as by `assess`.
    """
    steps = list(_before(facts, regulation))
    try:
        assessment = benefit.assess(facts, regulation)
    except JcliError as refusal:
        if refusal.code not in {"E406", "E418"}:
            raise
        return Explanation(steps=tuple(steps), assessment=None)
    steps += _worth(facts, assessment, regulation)
    return Explanation(steps=tuple(steps), assessment=assessment)


def _before(facts: ClaimFacts, regulation: Regulation) -> Iterator[Step]:
    """Yield what decides before anything is priced: the day, the months, cover, and time."""
    day = facts.event_date
    yield Step(StepKind.EVENT, {"day": day})
    cover = cover_on(day, facts.spans, regulation)
    if cover.span is None:
        yield Step(StepKind.NEVER_PAID, {"day": day}, _article(LAPSE, facts, regulation))
        return
    yield Step(
        StepKind.PAID,
        {
            "paid": paid_months(day, facts.spans),
            "first": cover.span.first,
            "last": min(cover.span.last, Month.of(day)),
            "row": cover.months_in_row,
        },
    )
    yield _covered(cover, facts, regulation)
    if facts.kind in accident.KINDS:
        until = accident.lapses_on(day, regulation)
        gone = facts.reported_on is not None and facts.reported_on >= until
        kind = StepKind.LAPSED if gone else StepKind.RIGHT_UNTIL
        yield Step(kind, {"until": until}, _article("claim.jkk_lapse_years", facts, regulation))


def _covered(cover: Cover, facts: ClaimFacts, regulation: Regulation) -> Step:
    kind = {
        CoverStatus.YES: StepKind.COVERED,
        CoverStatus.UNCERTAIN: StepKind.UNCERTAIN,
        CoverStatus.NO: StepKind.NOT_COVERED,
    }[cover.status]
    limit = regulation.count(LAPSE, facts.event_date)
    return Step(kind, {"day": facts.event_date, "limit": limit}, _article(LAPSE, facts, regulation))


def _worth(facts: ClaimFacts, assessment: Assessment, regulation: Regulation) -> Iterator[Step]:
    if facts.kind is ClaimKind.JKM and facts.segment is Segment.BPU:
        yield from _minimum(facts, assessment, regulation)
    if facts.kind is ClaimKind.SCHOLARSHIP:
        yield from _scholarship(facts, assessment, regulation)
    question = assessment.confirmation
    lines = assessment.lines if question is None else question.full
    for line in lines:
        yield Step(StepKind.LINE, {"amount": line.amount}, line.citation, line)
    if question is None:
        yield Step(StepKind.TOTAL, {"amount": assessment.total})
    else:
        reduced, full = question.outcomes
        between = {"reduced": reduced, "full": full, "between": full - reduced}
        yield Step(StepKind.QUESTION, {"question": question.question, **between})
    if facts.lost_at_sea and facts.kind is ClaimKind.JKK_DEATH:
        yield from _lost_at_sea(facts, lines, regulation)
    if facts.kind is not ClaimKind.SCHOLARSHIP:
        yield from _scholarship(facts, assessment, regulation)


def _lost_at_sea(facts: ClaimFacts, lines: Iterable[BenefitLine], regulation: Regulation) -> Iterator[Step]:
    """Yield that the funeral part is open where nobody was found, and what BPJS waits for."""
    funeral = accident.funeral_part((line.component, line.amount) for line in lines)
    full = sum(line.amount for line in lines)
    yield Step(StepKind.LOST_AT_SEA, {"funeral": funeral, "full": full, "reduced": full - funeral})
    yield Step(StepKind.SEARCHED, {}, _article("documents.when.lost-at-sea", facts, regulation))


def _minimum(facts: ClaimFacts, assessment: Assessment, regulation: Regulation) -> Iterator[Step]:
    """Yield what the three-month rule makes of a death, by the complete months paid in the run before it.

    Nothing where too few are paid and the month of the death is not: no day can be told from which on it
    would be enough.
    """
    article = _article(_MINIMUM, facts, regulation)
    minimum = regulation.count(_MINIMUM, facts.event_date)
    run = assessment.cover.span
    if not minimum or run is None:
        yield Step(StepKind.NO_MINIMUM, {"day": facts.event_date}, article)
        return
    cover = assessment.cover
    complete = _complete(cover, run, facts)
    if complete < minimum and cover.status is CoverStatus.UNCERTAIN:
        return
    kind = StepKind.MINIMUM_MET if complete >= minimum else StepKind.MINIMUM_MISSED
    full_from = run.first.plus(minimum).first_day
    yield Step(kind, {"minimum": minimum, "complete": complete, "full_from": full_from}, article)


def _scholarship(facts: ClaimFacts, assessment: Assessment, regulation: Regulation) -> Iterator[Step]:
    """Yield what the children can claim, and what it takes: months after an illness, none at work."""
    asked = facts.kind is ClaimKind.SCHOLARSHIP
    opened_by = facts.opened_by if asked else facts.kind
    year = assessment.scholarship
    opens = True
    if opened_by is ClaimKind.JKM:
        paid = paid_months(facts.event_date, facts.spans)
        minimum = regulation.count(_TENURE, facts.event_date)
        opens = paid >= minimum
        kind = StepKind.TENURE_MET if opens else StepKind.TENURE_MISSED
        yield Step(kind, {"paid": paid, "minimum": minimum}, _article(_TENURE, facts, regulation))
    elif asked or facts.children:
        opens = opened_by is ClaimKind.JKK_DEATH or facts.total_disability
        kind = StepKind.NO_TENURE if opens else StepKind.NOT_OPENED
        yield Step(kind, {}, _article(_CHILDREN, facts, regulation))
    if opens and facts.children and not year.most:
        limit = regulation.count("beasiswa.max_age", facts.event_date)
        yield Step(StepKind.NO_CHILD, {"limit": limit}, _article("beasiswa.max_age", facts, regulation))
    if year.most and not asked:
        article = _article(_CHILDREN, facts, regulation)
        if year.question is None:
            yield Step(StepKind.SCHOLARSHIP, {"most": year.most}, article)
        else:
            worth = {"least": year.least, "most": year.most, "question": year.question}
            yield Step(StepKind.SCHOLARSHIP_OPEN, worth, article)


def _article(name: str, facts: ClaimFacts, regulation: Regulation) -> str:
    return regulation.on(name, facts.event_date).citation
