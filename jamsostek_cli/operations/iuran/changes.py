"""Who joined a bill and who left it since the month before, with the reason; and who was left unpaid."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.rules import iuran
from jamsostek_cli.rules.correction import Credit
from jamsostek_cli.rules.regulation import Regulation
from jamsostek_cli.store.iuran import bills, owing
from jamsostek_cli.store.iuran.owing import Facts


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as lists name them: number, masked NIK, name."""

    worker: str
    nik: str
    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who joined or left a bill: the reason, and what it rests on (a date, a month, a payer)."""

    person: Person
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Movement:
    """Who is on a bill and was not on the one before, and the other way round."""

    added: tuple[Moved, ...]
    dropped: tuple[Moved, ...]


def between(
    connection: Connection, payer: str, month: Month, *, now: str, before: Collection[str]
) -> Movement:
    """Compare the bill of a month (`now`: open or paid) with that of the month before (its states)."""
    steps = owing.steps(connection, payer, month, now=now, before=before)
    joined = [step.enrolment_id for step in steps if step.added]
    left = [step.enrolment_id for step in steps if not step.added]
    came = owing.facts(connection, joined, month=month, other_in=month.plus(-1))
    went = owing.facts(connection, left, month=month, other_in=month)
    return Movement(
        tuple(_joined(came[enrolment]) for enrolment in joined),
        tuple(_left(went[enrolment], month) for enrolment in left),
    )


def newcomers(connection: Connection, payer: str, month: Month) -> Movement:
    """Return everybody on a supplement as added: they joined after the month's bill was paid."""
    people = [one.enrolment_id for one in owing.people(connection, payer, month)]
    came = owing.facts(connection, people, month=month, other_in=month.plus(-1))
    return Movement(tuple(_joined(came[enrolment]) for enrolment in people), ())


def _person(facts: Facts) -> Person:
    return Person(number_of(facts.worker_id), masked(facts.nik), facts.name)


def _joined(facts: Facts) -> Moved:
    if facts.other is not None:
        return Moved(_person(facts), "other-payer", facts.other)
    return Moved(_person(facts), "re-entry" if facts.known_before else "new-enrolment", facts.start_month)


def _left(facts: Facts, month: Month) -> Moved:
    """Return why somebody is on a month's bill no more; a death after that month explains nothing."""
    person = _person(facts)
    if facts.died_on is not None and facts.died_on < month.first_day.isoformat():
        return Moved(person, "deceased", facts.died_on)
    if facts.merged_into is not None:
        return Moved(person, "merged", number_of(facts.merged_into))
    if facts.other is not None:
        return Moved(person, "other-payer", facts.other)
    if facts.worker_status == "moved" or facts.end_reason == "moved":
        return Moved(person, "moved", facts.end_month)
    if facts.status == "active":
        return Moved(person, "expired", facts.end_month)
    return Moved(person, "ended", facts.end_reason or facts.end_month)


def named(connection: Connection, worker_ids: Iterable[int]) -> dict[int, Person]:
    """Return people by the id of their record."""
    return {
        worker_id: Person(number_of(worker_id), masked(nik), name)
        for worker_id, nik, name in owing.names(connection, worker_ids)
    }


@dataclass(frozen=True, slots=True)
class Corrected:
    """A credit with the person it is for."""

    person: Person
    credit: Credit


def corrected(connection: Connection, credits_: Sequence[Credit]) -> tuple[Corrected, ...]:
    """Return credits with the people they are for."""
    people = named(connection, {credit.worker_id for credit in credits_})
    return tuple(Corrected(people[credit.worker_id], credit) for credit in credits_)


@dataclass(frozen=True, slots=True)
class Unpaid:
    """Somebody with months that a paid bill should have held: who joined too late for it; rupiah."""

    person: Person
    months: tuple[Month, ...]
    amount: int


def unpaid(connection: Connection, payer: str, month: Month, law: Regulation) -> tuple[Unpaid, ...]:
    """Return who has unpaid months before `month` whose bill is paid, with what they cost."""
    lacking = owing.lacking(connection, payer, bills.paid_runs(connection, payer, month))
    people = named(connection, {one.worker_id for one in lacking})
    return tuple(
        Unpaid(
            people[one.worker_id],
            one.months,
            sum(
                sum(
                    iuran.monthly(
                        month=due,
                        basis=one.basis,
                        programmes=one.programmes.split(","),
                        payer=payer,
                        sector=one.sector,
                        regulation=law,
                    ).values()
                )
                for due in one.months
            ),
        )
        for one in lacking
    )
