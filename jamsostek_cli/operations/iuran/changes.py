"""Who joined a bill and who left it since the month before, with the reason."""

from collections.abc import Collection
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState, JoiningReason, LeavingReason, Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.operations.iuran.people import Person
from jamsostek_cli.rules.cover import leaving
from jamsostek_cli.rules.cover.leaving import PersonFacts
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store.iuran import owing
from jamsostek_cli.store.iuran import people as people_store
from jamsostek_cli.store.iuran.owing import Newcomer


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who joined or left a bill: the reason, and what it rests on (a date, a month, a payer)."""

    person: Person
    reason: JoiningReason | LeavingReason
    detail: str


@dataclass(frozen=True, slots=True)
class Movement:
    """Who is on a bill and was not on the one before, and the other way round."""

    added: tuple[Moved, ...]
    dropped: tuple[Moved, ...]


def between(
    connection: Connection,
    payer: Payer,
    month: Month,
    law: Regulation,
    *,
    now: BillState,
    before: Collection[BillState],
) -> Movement:
    """Compare the bill of a month (`now`: open or paid) with that of the month before (its states)."""
    steps = owing.steps(connection, payer, month, now=now, before=before)
    joined = [step.enrolment_id for step in steps if step.added]
    left = [step.worker_id for step in steps if not step.added]
    came = owing.newcomers(connection, joined, month)
    went = people_store.facts(connection, left)
    return Movement(
        tuple(_joined(came[enrolment_id]) for enrolment_id in joined),
        tuple(_left(went[worker_id], payer, month, law) for worker_id in left),
    )


def newcomers(connection: Connection, payer: Payer, month: Month) -> Movement:
    """Return everybody on a supplement as added: they joined after the month's bill was paid."""
    enrolments = [owed.enrolment_id for owed in owing.people(connection, payer, month)]
    came = owing.newcomers(connection, enrolments, month)
    return Movement(tuple(_joined(came[enrolment_id]) for enrolment_id in enrolments), ())


def _joined(newcomer: Newcomer) -> Moved:
    person = Person.of(newcomer.worker_id, newcomer.nik, newcomer.name)
    if newcomer.other is not None:
        return Moved(person, JoiningReason.OTHER_PAYER, newcomer.other)
    reason = JoiningReason.RE_ENTRY if newcomer.known_before else JoiningReason.NEW_ENROLMENT
    return Moved(person, reason, str(newcomer.start_month))


def _left(facts: PersonFacts, payer: Payer, month: Month, law: Regulation) -> Moved:
    why = leaving.why(facts, payer, month, law)
    return Moved(Person.of(facts.worker_id, facts.nik, facts.name), why.reason, why.detail)
