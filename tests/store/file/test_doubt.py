"""A file that its trail contradicts is told of where people look: in the status, on reports, on letters."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from jamsostek_cli.store.file import health
from tests.conftest import Office
from tests.store.file.trail.test_proof import intrude

_COVERAGE = ("report", "coverage", "--year", "2025")


def put_an_older_copy_back(office: Office) -> None:
    copy = Path(shutil.copy(office.path, office.path.with_name("lama.db")))
    office.ok("db", "setting", "four_eyes", "tidak", "--reason", "satu petugas")
    copy.replace(office.path)


def change_a_row(office: Office) -> None:
    intrude(office, "UPDATE bill SET amount = amount - 1 WHERE id = 1")


def change_many_rows(office: Office) -> None:
    intrude(
        office,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) "
        "INSERT INTO setting SELECT 'x' || i, 'y' FROM n",
    )


def change_the_trail(office: Office) -> None:
    intrude(office, "UPDATE audit SET actor = 'siti' WHERE seq = 2")


def break_the_words_of_the_trail(office: Office) -> None:
    office.ok("db", "backup")
    intrude(office, "UPDATE audit SET action = 'db.restore', after = '{' WHERE action = 'db.backup'")


def empty_the_trail(office: Office) -> None:
    intrude(office, "DELETE FROM audit")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put_an_older_copy_back, "berkas ini salinan lama, tindakan nomor "),
        (change_a_row, "PERINGATAN: 1 data diubah tanpa melalui jcli. Periksa dengan: jcli db check"),
        (change_many_rows, "PERINGATAN: 100 data diubah"),
        (change_the_trail, "jejak audit berkas ini tidak utuh"),
        (break_the_words_of_the_trail, "jejak audit berkas ini tidak utuh"),
        (empty_the_trail, "berkas ini salinan lama"),
    ],
)
def test_the_status_says_it_first(covered: Office, change: Callable[[Office], None], said: str) -> None:
    assert covered("status").code == 0
    change(covered)
    ran = covered("status")
    assert ran.code == 3
    assert said in ran.out.splitlines()[0]
    due = covered("--quiet", "status", "--due", "0")
    assert (due.code, said in due.out.splitlines()[0]) == (3, True)
    assert covered("status", "--json").data["problems"]


def test_a_long_trail_is_held_against_its_marks_alone(
    covered: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "QUICK_BYTES", 1)
    change_a_row(covered)
    assert covered("status").code == 0
    monkeypatch.setattr(health, "QUICK_ACTS", 1)
    change_the_trail(covered)
    assert covered("status").code == 0
    put_an_older_copy_back(covered)
    assert covered("status").out.startswith("PERINGATAN: berkas ini salinan lama")


def test_reports_and_letters_say_it(covered: Office, tmp_path: Path) -> None:
    claim = covered.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-07-01")["number"]
    sound = covered(*_COVERAGE, "-o", tmp_path / "sehat.md")
    assert "PERINGATAN" not in sound.err
    change_a_row(covered)
    assert "jcli db check" in covered(*_COVERAGE).err
    files = tmp_path / "c.md", tmp_path / "c.xlsx"
    assert "PERINGATAN" in covered(*_COVERAGE, "-o", files[0], "-o", files[1]).err
    assert "TIDAK SAMA DENGAN JEJAK AUDIT" not in (tmp_path / "sehat.md").read_text()
    assert "TIDAK SAMA DENGAN JEJAK AUDIT" in files[0].read_text()
    assert "TIDAK SAMA" in str(list(openpyxl.load_workbook(files[1])["Catatan"].values))
    letter = covered("claim", "print", claim, "letter", "-o", tmp_path / "l.docx")
    assert "PERINGATAN" in letter.err, letter
    assert "PERINGATAN" not in covered("claim", "show", claim).err  # a look is no report
