"""Whatever happens in whatever order: no month is paid twice, credited twice, or lost, to the rupiah."""

import datetime
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsostek_cli.domain.iuran import read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import worker
from jamsostek_cli.operations.iuran import bill, payment, voiding
from jamsostek_cli.operations.office import database, second_count
from jamsostek_cli.operations.review import merge
from jamsostek_cli.operations.roster import importing
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.rules.iuran import contribution
from jamsostek_cli.rules.law import regulation
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import person

_FIRST = Month(2025, 12)
_PAYER = "mandiri"
"""The payer whose rates change from month to month and by sector, in 2026."""
_TERMS = [
    (basis, sector, names)
    for basis in (1_000_000, 1_200_000)
    for sector in ("transport", "other")
    for names in ("jkk,jkm", "jkk,jkm,jht")
]
_ACT = Act(
    actor="rina",
    command="test",
    at=datetime.datetime(2026, 12, 31, tzinfo=datetime.UTC),
    today=datetime.date(2026, 12, 31),
)


_EVENTS = (
    *("die", "die", "die", "die", "live", "live", "live", "live", "pay", "pay", "pay", "pay"),
    *("bill", "bill", "enrol", "end", "refuse", "merge", "part", "void", "void", "void"),
)


class Step(NamedTuple):
    """One thing that happens: to whom, in which month, for how long."""

    what: str
    who: int
    other: int
    month: Month
    months: int
    terms: tuple[int, str, str]


class City:
    """Four people, seven months, one payer."""

    def __init__(self, folder: Path) -> None:
        self.db = Database(folder / "x.db")
        database.init(self.db.path, _ACT)
        rows = [f"{person(n)[0]};{person(n)[1]}" for n in range(4)]
        roster = folder / "r.csv"
        roster.write_text("\n".join(["NIK;NAMA", *rows]), encoding="utf-8")
        with open_workbook(roster) as workbook:
            importing.import_roster(self.db, _ACT, workbook)
        self.proofs = 0

    def happen(self, step: Step) -> None:
        """Let something happen, or be refused."""
        with suppress(JcliError, sqlite3.IntegrityError):
            getattr(self, step.what)(step)
        with self.db.reading() as connection:
            assert second_count.differing(connection) == ()

    def change(self, statement: str, *values: object) -> None:
        """Change enrolments as commands of their own do; the file refuses an overlap."""
        with closing(sqlite3.connect(self.db.path)) as connection, connection:
            connection.execute(statement, values)

    def enrol(self, step: Step) -> None:
        basis, sector, names = step.terms
        end = str(step.month.plus(step.months))
        self.change(
            "INSERT INTO enrolment (worker_id, segment, programmes, payer, basis, start_month, end_month,"
            " planned_end_month, status, sector) SELECT id, 'bpu', ?, ?, ?, ?, ?, ?, 'active', ?"
            " FROM worker WHERE id = ? AND status = 'active'",
            names, _PAYER, basis, str(step.month), end, end, sector, step.who,
        )  # fmt: skip

    def end(self, step: Step) -> None:
        self.change(
            "UPDATE enrolment SET status = 'ended', end_month = ?1, end_reason = 'employed'"
            " WHERE worker_id = ?2 AND status = 'active' AND ?1 BETWEEN start_month AND end_month",
            str(step.month),
            step.who,
        )

    def refuse(self, step: Step) -> None:
        """Note that an enrolment never began."""
        self.change(
            "UPDATE enrolment SET status = 'refused' WHERE worker_id = ? AND status = 'active'"
            " AND start_month >= ?",
            step.who,
            str(step.month),
        )

    def die(self, step: Step) -> None:
        day = step.month.first_day.replace(day=9)
        worker.record_death(self.db, _ACT, f"P-{step.who}", died_on=day, reported_on=day)

    def live(self, step: Step) -> None:
        worker.take_death_back(self.db, _ACT, f"P-{step.who}", reason="another")

    def merge(self, step: Step) -> None:
        merge.merge(self.db, _ACT, f"P-{step.who}", f"P-{step.other}", reason="x")

    def part(self, step: Step) -> None:
        merge.undo(self.db, _ACT, f"P-{step.who}", f"P-{step.other}", reason="x")

    def bill(self, step: Step) -> None:
        for one in bill.bill(self.db, _ACT, step.month).bills:
            assert sum(line.amount for line in one.lines) == one.stored.amount
            assert sum(each.credit.amount for each in one.corrections) == one.stored.correction
            if one.stored.state == "open":
                self.adds_up(str(one.stored.month), one.stored.supplement)

    def pay(self, step: Step) -> None:
        self.proofs += 1
        span = Span(step.month, step.month.plus(step.months % 3))
        payment.pay(self.db, _ACT, span, proof=f"S-{self.proofs}", paid_on=_ACT.today)

    def void(self, step: Step) -> None:
        """Take one of the last payments back; every third is paid again with the same proof."""
        proof = f"S-{max(self.proofs - step.months, 1)}"
        span = voiding.void(self.db, _ACT, proof, reason="salah").payment.span
        self.check()
        if not step.months % 3:
            payment.pay(self.db, _ACT, span, proof=proof, paid_on=_ACT.today)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self.db.reading() as connection:
            return connection.execute(query, values).fetchall()

    def adds_up(self, month: str, supplement: int) -> None:
        """Check that a bill is the sum of its lines."""
        bill_is = "SELECT amount, heads FROM v_bill WHERE month = ? AND supplement = ?"
        lines = bill_is.replace(
            "amount, heads FROM v_bill", "sum(amount), count(DISTINCT worker_id) FROM v_bill_line"
        )
        assert self.rows(bill_is, month, supplement) == self.rows(lines, month, supplement)

    def check(self) -> None:
        """Check that all paid bills add up, and that the money spent is what the paid months cost.

        What is kept counted of enrolments and paid months comes to the same when it is counted again.
        """
        with self.db.reading() as connection:
            assert second_count.differing(connection) == ()
        for month, supplement in self.rows("SELECT month, supplement FROM v_bill WHERE state = 'paid'"):
            self.adds_up(month, supplement)
        spent: Counter[int] = Counter()
        for who, amount in self.rows(
            "SELECT worker_id, amount FROM v_bill_line WHERE (month, payer, supplement) IN"
            " (SELECT month, payer, supplement FROM v_bill WHERE state = 'paid')"
            " UNION ALL SELECT worker_id, amount FROM v_bill_correction"
        ):
            spent[who] += amount
        due = self.due()
        assert +spent == due
        assert self.rows("SELECT coalesce(sum(amount), 0) FROM bill_payment") == [(due.total(),)]

    def due(self) -> Counter[int]:
        """Return what the months that are paid now cost, by worker, each month at its own rate."""
        due: Counter[int] = Counter()
        seen = set()
        for enrolment, who, basis, sector, names, first, last in self.rows(
            "SELECT enrolment_id, worker_id, basis, sector, programmes, first_month, last_month"
            " FROM paid_span JOIN enrolment ON enrolment.id = enrolment_id"
        ):
            for month in Span.parse(first, last).months():
                assert (enrolment, month) not in seen
                seen.add((enrolment, month))
                terms = read_terms(_PAYER, sector, basis, names)
                due[who] += contribution.rate(terms, month, regulation.packaged())
        return due


@settings(max_examples=5)
@given(st.integers(0, 2**32))
@pytest.mark.long
def test_every_rupiah_has_its_month(seed: int) -> None:
    play(seed)


@pytest.mark.long
@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_every_rupiah_has_its_month_in_many_cities(seed: int) -> None:
    play(seed)


def play(seed: int) -> None:
    """Let things happen to a city for ten months, and check it after each."""
    chance = Random(seed)

    def some(what: str, month: Month, months: int = 0) -> Step:
        return Step(what, chance.randint(1, 3), chance.randint(1, 4), month, months, chance.choice(_TERMS))

    with TemporaryDirectory() as folder:
        city = City(Path(folder))
        for who in range(1, 5):
            city.enrol(some("enrol", _FIRST, 12)._replace(who=who))
        for number in range(10):
            now = _FIRST.plus(number)
            for _ in range(chance.randint(2, 7)):
                month = now.plus(-chance.randint(0, min(4, number)))
                city.happen(some(chance.choice(_EVENTS), month, chance.randint(0, 5)))
            city.happen(some("pay", now))
            city.check()
