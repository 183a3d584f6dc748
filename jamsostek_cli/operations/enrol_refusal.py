"""Why somebody is not enrolled: the rule, and what is known of the person that the rule looks at."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import RefusalRule
from jamsostek_cli.domain.month import age_on
from jamsostek_cli.domain.nik import hidden, masked, masked_beside_birth
from jamsostek_cli.domain.worker import WorkerStatus, number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations.enrolment import Refusal, Request
from jamsostek_cli.roster.findings import FINDINGS
from jamsostek_cli.rules.cover import eligibility
from jamsostek_cli.rules.cover.eligibility import Asked
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store.bpjs import refusals
from jamsostek_cli.store.bpjs.refusals import StandingRefusal
from jamsostek_cli.store.enrollable import Candidate, Taken
from jamsostek_cli.store.file import settings
from jamsostek_cli.store.file.settings import Switch
from jamsostek_cli.store.register import sheet, workers
from jamsostek_cli.tables.wording import in_words, payer_name, word

_WHERE: Final = frozenset({"kelurahan_unknown", "kelurahan_outside_city", "kelurahan_missing"})


class _Ground(NamedTuple):
    """What stands in the way: `detail` for programs, `said` for people, `source` where the rule stands."""

    rule: RefusalRule
    detail: str = ""
    said: str = ""
    source: str | None = None
    beside_birth: bool = False


@dataclass(frozen=True, slots=True)
class Conditions:
    """What decides who may be enrolled: the law, BPJS's refusals that stand, and what the office asks.

    `first_day` is when somebody would be registered, `ages` what the law then says of birth dates.
    """

    request: Request
    law: Regulation
    standing: Mapping[int, StandingRefusal]
    asked: Asked
    first_day: datetime.date
    ages: dict[datetime.date, RefusalRule | None] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: Connection, request: Request, law: Regulation) -> "Conditions":
        """Return the rules that hold for a request."""
        occupation = settings.get(connection, settings.ELIGIBLE_OCCUPATION)
        named = () if occupation in set(Switch) else settings.listed(occupation)
        asked = Asked(
            residence=settings.get(connection, settings.ELIGIBLE_RESIDENCE) == Switch.ON,
            occupation=occupation != Switch.OFF,
            occupations=named,
        )
        return cls(request, law, refusals.standing(connection), asked, request.span.first.first_day)

    def age_rule(self, born: datetime.date) -> RefusalRule | None:
        """Return the rule that keeps out who was born on a day, or None; many share one."""
        if born not in self.ages:
            self.ages[born] = eligibility.refusal(
                born=born, registered_on=self.first_day, regulation=self.law
            )
        return self.ages[born]


def refusal(connection: Connection, candidate: Candidate, conditions: Conditions) -> Refusal | None:
    """Return the first rule that keeps somebody out of an enrolment, with the facts; None for who may go in.

    Raises E601 where a rule is not in force yet.
    """
    ground = _ground(connection, candidate, conditions)
    if ground is None:
        return None
    nik = masked_beside_birth(candidate.nik) if ground.beside_birth else masked(candidate.nik)
    return Refusal(
        number_of(candidate.worker_id),
        nik,
        candidate.name,
        ground.rule,
        detail=ground.detail,
        said=ground.said,
        source=ground.source,
    )


def _ground(connection: Connection, candidate: Candidate, conditions: Conditions) -> _Ground | None:
    if candidate.status is not WorkerStatus.ACTIVE:
        return _gone(connection, candidate)
    if candidate.taken_by is not None and not (conditions.request.registered and candidate.proposed):
        return _taken(candidate.taken_by)
    if candidate.elsewhere is not None:
        return _Ground(RefusalRule.COVERED_ELSEWHERE, candidate.elsewhere, in_words(candidate.elsewhere))
    if candidate.perhaps is not None:
        return _perhaps(connection, candidate.perhaps)
    last = (
        None if conditions.request.after_refusal is not None else conditions.standing.get(candidate.worker_id)
    )
    return (
        _age(candidate.birth_date, conditions)
        or _unasked(connection, candidate, conditions)
        or _refused(last)
    )


def _gone(connection: Connection, candidate: Candidate) -> _Ground:
    rule = RefusalRule(candidate.status.value)
    if candidate.died_on is not None:
        day = candidate.died_on.isoformat()
        return _Ground(rule, day, text("refused.died", day=figures.day(day)))
    if candidate.merged_into is not None:
        number = number_of(candidate.merged_into)
        name = workers.by_id(connection, candidate.merged_into).facts.name
        return _Ground(rule, number, text("refused.merged", worker=number, name=name))
    if candidate.moved_after is not None:
        month = str(candidate.moved_after)
        return _Ground(rule, month, text("refused.moved", month=month))
    return _Ground(rule)


def _taken(taken: Taken) -> _Ground:
    months = f"{taken.months.first}..{taken.months.last}"
    said = text("refused.taken", payer=payer_name(taken.payer), months=months, status=word(taken.status))
    return _Ground(RefusalRule.ALREADY_ENROLLED, f"{taken.payer} {months} {taken.status}", said)


def _perhaps(connection: Connection, dead: int) -> _Ground:
    other = workers.by_id(connection, dead)
    day = figures.day(str(other.died_on))
    said = text("refused.perhaps", worker=other.number, name=other.facts.name, day=day)
    return _Ground(RefusalRule.PERHAPS_DECEASED, other.number, said)


def _age(born: datetime.date, conditions: Conditions) -> _Ground | None:
    rule = conditions.age_rule(born)
    if rule is None:
        return None
    on = conditions.first_day
    limit = eligibility.limit(rule, on, conditions.law)
    age = age_on(born, on)
    key = "refused.young" if rule is RefusalRule.TOO_YOUNG else "refused.old"
    said = text(
        key, born=figures.day(str(born)), age=figures.count(age), on=figures.day(str(on)), limit=limit.value
    )
    detail = f"born={born} age={age} on={on} limit={limit.value}"
    return _Ground(rule, detail, said, limit.citation, beside_birth=True)


def _unasked(connection: Connection, candidate: Candidate, conditions: Conditions) -> _Ground | None:
    rule = eligibility.unasked(
        conditions.asked,
        kelurahan=candidate.kelurahan,
        occupation=candidate.occupation,
        registered_on=conditions.first_day,
        regulation=conditions.law,
    )
    if rule is None:
        return None
    if rule is RefusalRule.NOT_RESIDENT:
        return _elsewhere(connection, candidate)
    if rule is RefusalRule.NO_OCCUPATION:
        source = settings.reason(connection, settings.ELIGIBLE_OCCUPATION)
        return _Ground(rule, "", text("refused.no_occupation"), source)
    if conditions.asked.occupations:
        source = settings.reason(connection, settings.ELIGIBLE_OCCUPATION)
    else:
        source = eligibility.employed_source(conditions.first_day, conditions.law)
    has = hidden(candidate.occupation or "")
    return _Ground(rule, has, text("refused.occupation", occupation=has), source)


def _elsewhere(connection: Connection, candidate: Candidate) -> _Ground:
    """Say what the last roster that looked for the kelurahan noted, and the address."""
    notes = [note for note in sheet.notes(connection, candidate.worker_id) if note.code in _WHERE]
    where = hidden(candidate.address) if candidate.address else text("refused.no_address")
    detail, said = "", where
    for note in notes[-1:]:
        detail = f"{note.code} batch={note.batch} row={note.row}"
        noted = text("refused.noted", batch=note.batch, row=note.row, finding=FINDINGS[note.code].title())
        said = f"{noted}; {where}"
    source = settings.reason(connection, settings.ELIGIBLE_RESIDENCE)
    return _Ground(RefusalRule.NOT_RESIDENT, detail, said, source)


def _refused(last: StandingRefusal | None) -> _Ground | None:
    if last is None:
        return None
    day = figures.day(last.answered_on.isoformat())
    said = text("refused.by_bpjs", submission=last.submission, day=day, reason=last.reason)
    return _Ground(RefusalRule.REFUSED_BY_BPJS, last.said, said)
