"""Why somebody is not on a payer's bill of a month: one answer for the bill, the invoice and the credits."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from jamsostek_cli.domain.enrolment import EndReason, EnrolmentStatus, RefusalRule
from jamsostek_cli.domain.iuran import LeavingReason, Payer
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.worker import WorkerStatus, number_of
from jamsostek_cli.rules.cover import eligibility
from jamsostek_cli.rules.law.regulation import Regulation


class Membership(NamedTuple):
    """An enrolment that BPJS has or had, as far as it says who pays: it is active, or it has ended."""

    enrolment_id: int
    payer: Payer
    months: Span
    status: EnrolmentStatus
    end_reason: EndReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What the register knows of somebody: the record, its memberships, and the lists that name the NIK.

    `listed` holds months of other payers' lists; such a payer can be anybody.
    """

    worker_id: int
    nik: str
    name: str
    status: WorkerStatus
    born: datetime.date
    died_on: datetime.date | None = None
    merged_into: int | None = None
    memberships: tuple[Membership, ...] = ()
    listed: tuple[tuple[str, Span], ...] = ()

    def by(self, payer: Payer, enrolment_id: int) -> "PersonFacts":
        """Return the same person as if this enrolment were the only one of the payer."""
        kept = tuple(m for m in self.memberships if m.payer is not payer or m.enrolment_id == enrolment_id)
        return replace(self, memberships=kept)


class Leaving(NamedTuple):
    """Why somebody is not on a bill, and what that rests on: a day, a month, a payer, a number, a reason."""

    reason: LeavingReason
    rests_on: datetime.date | Month | str | None = None

    @property
    def detail(self) -> str:
        """What it rests on as lists show it; an enumeration stays one, so that it keeps its word."""
        return self.rests_on if isinstance(self.rests_on, str) else str(self.rests_on or "")

    @property
    def because(self) -> EndReason | None:
        """The office's own reason, where it ended the enrolment and gave one."""
        return self.rests_on if isinstance(self.rests_on, EndReason) else None


def why(person: PersonFacts, payer: Payer, month: Month, law: Regulation) -> Leaving:
    """Return why somebody is not on a payer's bill of a month, the first of these that holds.

    What is true of the record comes first, for nothing else matters then: it is *merged* (the other record
    is the one to ask), the person was *deceased* before the month, or has *moved* away, which means: moved
    and not back, neither by the register nor by somebody who pays again. Then who pays: an *other payer*,
    or ours after all, so that the month is only *not billed* yet. Then why nobody does: the office *ended*
    the enrolment, with its reason; it ran out and the person is *over age*, so nobody may renew it; it
    *expired*; or there never was one, and the person is *not enrolled*. Of several enrolments the payer's
    own last one counts, else the last of another payer.

    E601 before the age limit's first day.
    """
    return next(_reasons(person, payer, month, law))


def whys(person: PersonFacts, payer: Payer, months: Iterable[Month], law: Regulation) -> list[Leaving]:
    """Return what `why` says of each of some months in order; it is asked again only where it may turn."""
    turns = _turns(person)
    answers: list[Leaving] = []
    before: Month | None = None
    for month in months:
        goes_on = before is not None and before.plus(1) == month and month not in turns
        goes_on = goes_on and month.month not in {person.born.month, person.born.month % 12 + 1}
        answers.append(answers[-1] if goes_on else why(person, payer, month, law))
        before = month
    return answers


def _turns(person: PersonFacts) -> set[Month]:
    """Return the months in which another answer may begin, but for those in which an age is reached."""
    spans = [*(membership.months for membership in person.memberships), *(span for _, span in person.listed)]
    ends = {turn for span in spans for turn in (span.first, span.last.plus(1))}
    return ends if person.died_on is None else {*ends, Month.of(person.died_on).plus(1)}


def _reasons(person: PersonFacts, payer: Payer, month: Month, law: Regulation) -> Iterator[Leaving]:
    last = _last_before(person, payer, month)
    other = _other_payer(person, payer, month)
    if person.merged_into is not None:
        yield Leaving(LeavingReason.MERGED, number_of(person.merged_into))
    if person.died_on is not None and person.died_on < month.first_day:
        yield Leaving(LeavingReason.DECEASED, person.died_on)
    if person.status is WorkerStatus.MOVED or (other is None and _is_away(person, last, month)):
        yield Leaving(LeavingReason.MOVED, None if last is None else last.months.last)
    if other is not None:
        yield Leaving(LeavingReason.OTHER_PAYER, other)
    if any(membership.payer is payer and month in membership.months for membership in person.memberships):
        yield Leaving(LeavingReason.NOT_BILLED)
    if last is not None and last.status is EnrolmentStatus.ENDED:
        yield Leaving(LeavingReason.ENDED, last.end_reason or last.months.last)
    rule = eligibility.refusal(born=person.born, registered_on=month.first_day, regulation=law)
    if rule is RefusalRule.TOO_OLD:
        yield Leaving(LeavingReason.OVER_AGE, person.born)
    if last is not None:
        yield Leaving(LeavingReason.EXPIRED, last.months.last)
    yield Leaving(LeavingReason.NOT_ENROLLED)


def _last_before(person: PersonFacts, payer: Payer, month: Month) -> Membership | None:
    """Return the last membership that was over before a month, the payer's own before any other's."""
    over = [membership for membership in person.memberships if membership.months.last < month]
    return max(over, key=lambda membership: (membership.payer is payer, membership.months.last), default=None)


def _other_payer(person: PersonFacts, payer: Payer, month: Month) -> str | None:
    """Return another payer who pays for the month, by an enrolment here or by what a list says."""
    here = (m.payer for m in person.memberships if m.payer is not payer and month in m.months)
    return next(here, None) or next(
        (code for code, span in person.listed if code != payer and month in span), None
    )


def _is_away(person: PersonFacts, last: Membership | None, month: Month) -> bool:
    """Tell whether somebody left by moving and nobody has enrolled the person again by the month."""
    if last is None or last.end_reason is not EndReason.MOVED:
        return False
    return not any(last.months.last < membership.months.first <= month for membership in person.memberships)
