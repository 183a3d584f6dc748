"""What families are owed who have no claim: one question for `claim owed`, `status` and `report claims`."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import PROGRAMME_OF, WORK_CAUSES, Cause, ClaimKind
from jamsostek_cli.domain.enrolment import Enrolment
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.owed import OwedFamily, PaidForDead
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.worth import pricing
from jamsostek_cli.operations.cover import end
from jamsostek_cli.operations.office import law
from jamsostek_cli.reports.status import families
from jamsostek_cli.reports.status.families import Unclaimed
from jamsostek_cli.rules.claim import benefit, grounds
from jamsostek_cli.rules.claim.grounds import PaidLate
from jamsostek_cli.rules.cover.protection import CoverReason
from jamsostek_cli.store import enrolments, people_enrolled
from jamsostek_cli.store.claim import claim_facts
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.iuran import rates

_NO_VALUE = "E601"

PAID_LATE: Final = "paid-late"
"""The question whether months count that were paid after the death."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedList:
    """The families who are owed and have no claim, and the dead for whom later months are paid."""

    families: tuple[OwedFamily, ...]
    paid_dead: tuple[PaidForDead, ...]


class Worth(NamedTuple):
    """What a death is worth, in rupiah: at least, and at most where a `question` is open.

    `cover` says why the day of death was covered or was not, None where that was not asked. `refusal` is the
    code of the rule by which nothing is due (E406 not covered, E418 too late); both sums are None where no
    value is in force (E601).
    """

    kind: ClaimKind
    least: int | None
    most: int | None
    cover: CoverReason | None = None
    question: str | None = None
    refusal: str | None = None


def listed(db: Database, day: datetime.date) -> OwedList:
    """Return who is owed and has no claim, as of a day, and the dead who are paid for."""
    with db.reading() as connection:
        return OwedList(families=tuple(unclaimed(connection, day)), paid_dead=tuple(paid(connection, day)))


def unclaimed(connection: Connection, day: datetime.date) -> list[OwedFamily]:
    """Return who died covered, or perhaps covered, with no claim that lives on a day: oldest report first."""
    return priced(connection, families.unclaimed(connection, day))


def priced(connection: Connection, dead: Iterable[Unclaimed]) -> list[OwedFamily]:
    """Return those of some dead without a claim whose families are owed something, with what that is."""
    found, dead = [], list(dead)
    known = people_enrolled.of_people(connection, [one.worker_id for one in dead])
    for one in dead:
        enrolled = known.get(one.worker_id, [])
        worth = _of_death(connection, one.worker_id, enrolled, one.died_on, one.reported_on, one.cause)
        if worth.refusal in {None, _NO_VALUE}:
            found.append(
                OwedFamily(
                    worker_id=one.worker_id,
                    name=one.name,
                    kelurahan=one.kelurahan,
                    died_on=one.died_on,
                    reported_on=one.reported_on,
                    kind=worth.kind,
                    least=worth.least,
                    most=worth.most,
                    question=worth.question,
                    decided=one.decided,
                )
            )
    return found


def of_death(
    connection: Connection, worker_id: int, died_on: datetime.date, reported_on: datetime.date, cause: Cause
) -> Worth:
    """Return what a death would be worth to the family, by the enrolments of the person.

    Where it would be worth less without months that were paid after it, the question is `paid-late`, which
    is asked first: the lower sum is the one without them.
    """
    known = enrolments.of_person(connection, worker_id)
    return _of_death(connection, worker_id, known, died_on, reported_on, cause)


def _of_death(
    connection: Connection,
    worker_id: int,
    known: Sequence[Enrolment],
    died_on: datetime.date,
    reported_on: datetime.date,
    cause: Cause,
) -> Worth:
    kind = ClaimKind.JKK_DEATH if cause in WORK_CAUSES else ClaimKind.JKM
    worth = _worth(connection, kind, known, died_on, reported_on)
    if not worth.least:
        return worth
    month, programme = Month.of(died_on), PROGRAMME_OF[kind]
    late = [
        PaidLate(*when)
        for when in claim_facts.paid_on(connection, worker_id, programme, month, after=died_on)
    ]
    if not late:
        return worth
    in_time = [grounds.paid_by(died_on, one, late) for one in known]
    without = _worth(connection, kind, in_time, died_on, reported_on).least or 0
    return worth._replace(least=without, question=PAID_LATE) if without < worth.least else worth


def _worth(
    connection: Connection,
    kind: ClaimKind,
    known: Sequence[Enrolment],
    died_on: datetime.date,
    reported_on: datetime.date,
) -> Worth:
    """Return what the rules say of a death, on the months paid in some enrolments."""
    facts = pricing.facts_at(kind, died_on, known, died_on=died_on)
    try:
        assessment = benefit.assess(replace(facts, reported_on=reported_on), law.in_force(connection))
    except JcliError as error:
        nothing = None if error.code == _NO_VALUE else 0
        why = CoverReason(str(error.facts["reason"])) if error.code == "E406" else None
        return Worth(kind, nothing, nothing, why, refusal=error.code)
    reason = assessment.cover.reason
    if (question := assessment.confirmation) is None:
        return Worth(kind, assessment.total, assessment.total, reason)
    return Worth(kind, assessment.total, question.outcomes[1], reason, question.question)


def paid(connection: Connection, day: datetime.date) -> list[PaidForDead]:
    """Return the dead, known on a day, for whom months after the death are paid: the earliest first."""
    found = []
    for one in families.paid_dead(connection, day):
        known = enrolments.of_person(connection, one.worker_id)
        months, amount = paid_after(connection, known, one.died_on)
        found.append(
            PaidForDead(
                worker_id=one.worker_id,
                name=one.name,
                kelurahan=one.kelurahan,
                died_on=one.died_on,
                months=months,
                amount=amount,
            )
        )
    return found


def paid_after(connection: Connection, known: list[Enrolment], died_on: datetime.date) -> tuple[int, int]:
    """Return how many months after a death are paid by some enrolments, and the rupiah billed for them."""
    month = Month.of(died_on)
    late = [one for one in known if any(span.last > month for span in one.paid)]
    if not late:
        return 0, 0
    billed = rates.billed(connection, (one.id for one in late))
    beyond = [end.paid_beyond(one, month, billed) for one in late]
    return sum(len(span) for after, _ in beyond for span in after), sum(amount for _, amount in beyond)
