"""The people a bill speaks of by name: who is credited, and who was left unpaid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.rules.iuran import contribution
from jamsostek_cli.rules.iuran.correction import Credit
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store.iuran import bills, owing
from jamsostek_cli.store.iuran import people as people_store


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as lists name them: number, masked NIK, name."""

    worker: str
    nik: str
    name: str

    @classmethod
    def of(cls, worker_id: int, nik: str, name: str) -> "Person":
        """Return how lists name a worker."""
        return cls(number_of(worker_id), masked(nik), name)


def named(connection: Connection, worker_ids: Iterable[int]) -> dict[int, Person]:
    """Return people by the id of their record."""
    return {
        worker_id: Person.of(worker_id, nik, name)
        for worker_id, nik, name in people_store.names(connection, worker_ids)
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


def unpaid(connection: Connection, payer: Payer, month: Month, law: Regulation) -> tuple[Unpaid, ...]:
    """Return who has unpaid months before `month` whose bill is paid, with what they cost."""
    lacking = owing.lacking(connection, payer, bills.paid_runs(connection, payer, month))
    people = named(connection, {enrolment.worker_id for enrolment in lacking})
    return tuple(
        Unpaid(
            people[enrolment.worker_id],
            enrolment.months,
            sum(contribution.rate(enrolment.terms, due, law) for due in enrolment.months),
        )
        for enrolment in lacking
    )


@dataclass(frozen=True, slots=True)
class Charged:
    """Somebody on a bill, with the payer and the rupiah of the month."""

    person: Person
    payer: Payer
    amount: int


def charged(connection: Connection, month: Month, payers: Iterable[Payer]) -> list[Charged]:
    """Return everybody on the bills of a month by name, as bills say it of whom they charge."""
    return [
        Charged(Person.of(worker, nik, name), payer, amount)
        for payer in payers
        for worker, nik, name, amount in people_store.on_bills(connection, month, payer)
    ]
