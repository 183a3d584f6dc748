"""Two commands at once: whoever comes second finds the work done, and writes nothing, no audit row either."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.operations.bpjs import adoption, answer
from jamsostek_cli.operations.iuran import bill
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import Office, person


@dataclass(frozen=True, slots=True)
class Overtaken(Database):
    """A database in which a colleague's command comes in between the look and the lock."""

    colleague: Callable[[Database], object] = field(kw_only=True)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        self.colleague(Database(self.path))
        with Database(self.path).writing() as connection:
            yield connection


@pytest.fixture
def proposed(office: Office, roster: Callable[..., Path]) -> Office:
    office.ok("import", roster([person(n) for n in range(2)]))
    office.ok(
        "enrol", "--batch", "B-2025-001", "--from", "2025-08", "--payer", "apbd-kota", "--decree", "SK 1"
    )
    return office


def test_the_same_answer_read_at_once_is_recorded_once(
    proposed: Office, roster: Callable[..., Path], tmp_path: Path, act: Act
) -> None:
    proposed.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx")
    path = roster([(person(0)[0], "24000000001")], "jawaban.xlsx", ("NIK", "KPJ"))

    def read(db: Database) -> answer.Answered:
        return answer.answer(db, act, path)

    assert read(Overtaken(proposed.path, colleague=read)).settlements == []
    assert proposed.one("SELECT count(*) FROM v_audit WHERE action = 'bpjs.answer'") == 1
    assert proposed.one("SELECT kpj FROM v_enrolment WHERE worker_id = 1") == "24000000001"


def test_the_same_cards_adopted_at_once_are_recorded_once(
    proposed: Office, roster: Callable[..., Path], act: Act
) -> None:
    terms = ("--payer", "csr", "--decree", "SK 1", "--registered")
    proposed.ok("enrol", "--everybody-not-enrolled", "--from", "2026-09", *terms)
    rows = [(*person(0)[:2], "24012340001", "AKTIF")]
    path = roster(rows, "peserta.xlsx", ("NIK", "NAMA PESERTA", "NOMOR KARTU", "STATUS KEPESERTAAN"))

    def adopt(db: Database) -> adoption.Adoption:
        return adoption.adopt(db, act, path, reason="daftar BPJS")

    adopt(Overtaken(proposed.path, colleague=adopt))
    assert proposed.one("SELECT count(*) FROM v_audit WHERE action = 'bpjs.cards'") == 1


def test_the_same_bill_reckoned_at_once_is_recorded_once(proposed: Office, act: Act) -> None:
    proposed.ok(
        "enrol", "--batch", "B-2025-001", "--from", "2025-08", "--payer", "apbd-kota", "--decree", "SK 1",
        "--registered",
    )  # fmt: skip

    def reckon(db: Database) -> bill.Billed:
        return bill.bill(db, act, Month(2025, 8))

    assert reckon(Overtaken(proposed.path, colleague=reckon)).bills[0].stored.heads == 2
    assert proposed.one("SELECT count(*) FROM v_audit WHERE action = 'iuran.bill'") == 1
