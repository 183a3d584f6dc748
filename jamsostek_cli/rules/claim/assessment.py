"""What is asked about a claim, and what the answer looks like."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.enrolment import Segment
from jamsostek_cli.domain.month import Span
from jamsostek_cli.rules.claim.scholarship import Child, Year
from jamsostek_cli.rules.cover.protection import Cover
from jamsostek_cli.rules.law.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Loss:
    """A lost part of the body, and the share (0 to 1) of its function that is lost."""

    part: str
    share: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        """Refuse a share that is none."""
        if not 0 <= self.share <= 1:
            raise ValueError("a share lies between 0 and 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """What is known about an event.

    `event_date` is the death for JKM, the accident for JKK (`died_on` for a later death). `basis` is the
    wage basis in rupiah a month, `spans` the months paid for, `expenses` bills in rupiah by name
    (`transport_land`, `transport_sea`, `transport_air`, `home_care`, `dentures`, `hearing_aid`, `glasses`).
    `opened_by` is, for a scholarship, the claim it follows from. `lost_at_sea` changes no sum: whether the
    funeral part is paid then is open.
    """

    kind: ClaimKind
    event_date: datetime.date
    died_on: datetime.date | None = None
    reported_on: datetime.date | None = None
    segment: Segment = Segment.BPU
    basis: int = 1_000_000
    spans: tuple[Span, ...] = ()
    children: tuple[Child, ...] = ()
    losses: tuple[Loss, ...] = ()
    total_disability: bool = False
    months_unable: int = 0
    expenses: Mapping[str, int] = field(default_factory=dict)
    home_care_months: int = 0
    opened_by: ClaimKind = ClaimKind.JKM
    lost_at_sea: bool = False


CUT: Final = "cut"
"""The name of the part to which losses are cut that together are more than counts."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How an amount comes about: `rupiah` times its `factors` (48 × Rp1,000,000), at most `cap` rupiah.

    A factor is a number of times or months, or a share of 1 (`Decimal`). `name` says of which part it is (a
    part of the body, a bill), "" where it is the whole line.
    """

    rupiah: int
    factors: tuple[Decimal | int, ...] = ()
    name: str = ""
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One component of a benefit in rupiah, with the article that grants it.

    `reckoned` are the parts that add up to it; none for an amount that the law names.
    """

    component: str
    amount: int
    citation: str
    reckoned: tuple[Reckoned, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A question the law leaves open, with the lines of both answers; a verifier has to decide.

    Questions about the benefit: `three-month-rule` (is it in force already?), `membership-gap` (do the
    three months begin again after an unpaid month?), `early-gap` (both at once) and `unpaid-months` (covered
    or not?); about a scholarship, those of `Assessment.scholarship`.
    """

    question: str
    reduced: tuple[BenefitLine, ...]
    full: tuple[BenefitLine, ...]

    @property
    def outcomes(self) -> tuple[int, int]:
        """The totals of both answers in rupiah, the lower one first."""
        return total(self.reduced), total(self.full)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a claim is worth.

    While a question is open `lines` hold what is owed in any case, and `scholarship` (one school year, apart
    from the total) is that of the full benefit. It has a question of its own, which never holds up the lines:
    `scholarship-months` (do the months begun, or those before a gap, count?) or `working-child` (how does a
    child work?).
    """

    cover: Cover
    lines: tuple[BenefitLine, ...]
    scholarship: Year
    confirmation: Confirmation | None = None

    @property
    def scholarship_year(self) -> int:
        """The scholarships of the school year that are owed in any case, in rupiah."""
        return self.scholarship.least

    @property
    def total(self) -> int:
        """The sum of the lines in rupiah."""
        return total(self.lines)


def total(lines: tuple[BenefitLine, ...]) -> int:
    """Return the sum of benefit lines in rupiah."""
    return sum(line.amount for line in lines)


def fixed(component: str, name: str, facts: ClaimFacts, regulation: Regulation) -> BenefitLine:
    """Return a line whose amount the law names."""
    amount = regulation.rupiah(name, facts.event_date)
    return BenefitLine(component, amount, regulation.on(name, facts.event_date).citation)
