"""What is changed past the program is found and named: rows, the trail's own parts, marks, modes, pages."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from jamsostek_cli.store.file import counts
from jamsostek_cli.store.file.trail import audit, journal, marks, parts, rows
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import batches
from tests.conftest import BY_LIST, Office, once

PAID = "2025-07-20"


@pytest.fixture
@once
def settled(covered: Office) -> Office:
    """A family that was paid, in an office whose months are paid."""
    number = covered.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-07-01")["number"]
    covered.ok("claim", "document", number, "--all")
    covered.ok("claim", "verify", number, actor="sari")
    covered.ok("claim", "pay", number, "--proof", "TRX-1", "--date", PAID, *BY_LIST, actor="joko")
    covered.ok("db", "setting", "four_eyes", "tidak", "--reason", "satu petugas")
    return covered


def intrude(office: Office, *statements: str) -> None:
    """Change the file as somebody with SQLite and the right to write would: triggers away, and back again."""
    with closing(sqlite3.connect(office.path, isolation_level=None)) as file:
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            file.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            file.execute(statement)
        for _, made in triggers:
            file.execute(made)


def test_what_the_program_did_is_proven(settled: Office) -> None:
    assert settled.one("SELECT count(*) FROM payment") > 0
    checked = settled.ok("db", "check")
    assert (checked["problems"], checked["differences"], checked["marks"] > 0) == ([], [], True)
    assert settled.ok("audit", "verify")["differences"] == []


@pytest.mark.parametrize(
    ("change", "field", "expected", "found"),
    [
        ("payment SET amount = amount / 2 WHERE id = 1", "amount", "20000000", "10000000"),
        ("payment SET payee = 'KAKAK' WHERE id = 1", "payee", None, "K•••"),
        ("payment SET paid_on = '2025-07-02' WHERE id = 1", "paid_on", PAID, "2025-07-02"),
        ("payment SET proof = 'TRX-2' WHERE id = 1", "proof", "TRX-1", "TRX-2"),
        ("payment WHERE id = 1", None, "1", None),
        ("claim SET state = 'rejected', paid_on = NULL", "state", "paid", "rejected"),
        ("claim SET verified_by = 'joko'", "verified_by", "sari", "joko"),
        ("claim SET event_date = '2025-06-01'", "event_date", "2025-07-01", "2025-06-01"),
        ("claim_line SET amount = amount + 1 WHERE line = 1", "amount", "20000000", "20000001"),
        ("claim_line SET citation = 'x' WHERE line = 1", "citation", ..., "x"),
        ("claim_document WHERE name = 'rekening'", None, "1,rekening", None),
        ("bill SET amount = 16800 WHERE month = '2024-01'", "amount", "168000", "16800"),
        ("bill_payment SET paid_on = '2023-10-01'", "paid_on", "2023-10-10", "2023-10-01"),
        ("paid_span SET last_month = '2025-12' WHERE enrolment_id = 2", "last_month", "2026-09", "2025-12"),
        ("paid_span WHERE enrolment_id = 3", None, "3,2023-10", None),
        ("worker SET nik = '6474010101017777' WHERE id = 2", "nik", "6474••••••••7001", "6474••••••••7777"),
        ("worker SET name = 'ORANG LAIN' WHERE id = 2", "name", "D•••", "O•••"),
        ("worker SET birth_date = '1999-01-01' WHERE id = 2", "birth_date", "1971-03-02", "1999-01-01"),
        ("enrolment SET kpj = '12345678901' WHERE id = 2", "kpj", None, "12345678901"),
        ("setting SET value = 'on' WHERE name = 'four_eyes'", "value", "off", "on"),
        ("setting VALUES ('office_name', 'x')", None, None, "office_name"),
        ("paid_span VALUES (4, '2023-01', '2023-02')", None, None, "4,2023-01"),
        ("kelurahan SET name = 'X' WHERE code = '64.74.01.1004'", "name", "Guntung", "X"),
    ],
)
def test_a_fact_changed_past_the_program_is_named(
    settled: Office, change: str, field: str | None, expected: object, found: str | None
) -> None:
    table = change.split(maxsplit=1)[0]
    verb = "UPDATE" if " SET " in change else "INSERT INTO" if " VALUES " in change else "DELETE FROM"
    intrude(settled, f"{verb} {change}")
    ran = settled("db", "check", "--json")
    assert ran.code == 1
    named = [one for one in ran.data["differences"] if (one["table"], one["field"]) == (table, field)]
    assert len(named) == 1
    assert named[0]["found"] == found
    assert expected is ... or named[0]["expected"] == expected
    assert any(problem.startswith(f"{table} ") for problem in ran.data["problems"])
    verified = settled("audit", "verify")
    assert verified.code == 1
    assert "diubah tanpa melalui jcli" in verified.out


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_change SET kept = x'00' WHERE seq = 2 AND part = 0",
        "DELETE FROM audit_change WHERE seq = 3",
        "DELETE FROM audit_change WHERE seq = 2 AND part = 0",
        "INSERT INTO audit_change SELECT 2, 99, digest, NULL, kept FROM audit_change WHERE seq = 2 LIMIT 1",
    ],
)
def test_a_changed_journal_is_named_by_its_act(settled: Office, statement: str) -> None:
    intrude(settled, statement)
    problems = settled("db", "check", "--json").data["problems"]
    assert f"audit changes {3 if 'seq = 3' in statement else 2}" in problems


def test_an_act_without_its_changes_no_longer_fits_the_chain(settled: Office) -> None:
    intrude(
        settled, "UPDATE audit SET changes = NULL WHERE seq = 3", "DELETE FROM audit_change WHERE seq = 3"
    )
    assert "audit row 3" in settled("db", "check", "--json").data["problems"]
    assert settled("audit", "verify").error == "E505"


def test_an_older_copy_put_back_is_known_by_the_marks(settled: Office, tmp_path: Path) -> None:
    copy = shutil.copy(settled.path, tmp_path / "lama.db")
    settled.ok("db", "setting", "four_eyes", "ya", "--reason", "dua petugas")
    head = settled.one("SELECT hash FROM audit_head")
    Path(copy).replace(settled.path)
    ran = settled("db", "check")
    assert ran.code == 1
    assert "salinan lama dari berkas: di sampingnya ada tanda pengenal baris audit" in ran.out
    assert head[:16] in ran.out
    assert settled("audit", "verify", "--head", head[:16]).error == "E565"


def test_a_trail_reckoned_anew_is_known_by_the_marks(settled: Office) -> None:
    """An intruder who writes a whole new chain has another first act, and none of its marks fit."""
    place = marks.place(settled.path)
    kept = place.read_text()
    place.write_text(kept.replace(kept.split()[1], "0" * 64))
    ran = settled("audit", "verify")
    assert ran.code == 1
    assert "tidak cocok" in ran.out
    place.write_text("setengah baris\n" + kept + "9 ")
    assert settled("audit", "verify").code == 0


def test_a_mark_from_paper_is_looked_up(settled: Office) -> None:
    seq, digest = settled.rows("SELECT seq, hash FROM audit WHERE action = 'claim.pay'")[0]
    assert settled.ok("audit", "verify", "--head", digest[:12].upper())["marked"] == seq
    assert f"baris {seq} (" in settled("audit", "verify", "--head", digest).out
    assert settled("audit", "verify", "--head", digest[:11]).error == "E566"


def test_without_marks_the_paper_is_asked_for(settled: Office) -> None:
    marks.place(settled.path).unlink()
    ran = settled("db", "check")
    assert ran.code == 0
    assert "jcli audit verify --head" in ran.err


def test_marks_that_cannot_be_written_stop_nothing(office: Office) -> None:
    marks.place(office.path).unlink(missing_ok=True)
    marks.place(office.path).mkdir()
    office.ok("db", "setting", "four_eyes", "tidak", "--reason", "x")
    assert office("db", "check").code == 0


def test_an_earlier_database_in_the_same_place_leaves_no_alarm(office: Office) -> None:
    marks.place(office.path).write_text(f"1 {'a' * 64} 2024-01-01T00:00:00+00:00\n2 {'b' * 64} x\n")
    office.path.unlink()
    office.ok("init")
    assert office("db", "check").code == 0


@pytest.mark.skipif(os.name == "nt", reason="there the folder decides")
def test_a_file_that_others_can_read_is_named(office: Office) -> None:
    office.path.chmod(0o644)
    assert office("db", "check", "--json").data["problems"] == ["file mode: kota.db 0644"]


def test_a_page_of_garbage_is_found(settled: Office) -> None:
    size = settled.one("PRAGMA page_size")
    page = settled.one("SELECT rootpage FROM sqlite_master WHERE name = 'payment'")
    with settled.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    ran = settled("db", "check")
    assert ran.code == 1 or ran.error == "E109"


def test_a_big_act_is_kept_in_parts(office: Office, act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_ROWS", 4)
    with office.database.writing() as db:
        db.executemany("INSERT INTO agency (name) VALUES (?)", [(f"Dinas {number}",) for number in range(10)])
        audit.record(db, act, action="test", subject="sepuluh")
    with office.database.writing() as db:
        db.execute("DELETE FROM agency WHERE id > 1")
        db.execute("UPDATE agency SET name = 'Dinas Satu'")
        audit.record(db, act, action="test", subject="satu")
    kept = "SELECT count(*) FROM audit_change WHERE seq = (SELECT max(seq) FROM audit)"
    assert office.one(kept) == 1 + 3
    assert office("db", "check").code == 0


def test_rows_under_a_new_number_and_under_an_old_one_are_kept_once(office: Office, act: Act) -> None:
    row = "INSERT INTO roster_row (batch_id, sheet, row, outcome, codes) VALUES (?, 0, ?, 'rejected', '[]')"
    for batch in (1, 2):
        with office.database.writing() as db:
            batches.add(
                db, act, file="x.csv", sha256=str(batch) * 64, agency=None, rows=2, fixes=None,
                purpose=batches.Purpose.REGISTER,
            )  # fmt: skip
            batches.add_sheets(db, [(batch, 0, "x", "", 1, 2, 0, "{}")])
            for under in range(1, batch + 1):
                db.executemany(row, [(under, 10 * batch + at) for at in range(3)])
            db.execute("UPDATE roster_row SET codes = '[1]' WHERE row = 20")
            db.execute("DELETE FROM roster_row WHERE batch_id = 1 AND row = 21")
            audit.record(db, act, action="test", subject="daftar")
    with office.database.reading() as db:
        did = rows.of_act(db, audit.next_seq(db) - 1, 100)
    kept = [(one.key, one.after and one.after["codes"]) for one in did.rows if one.table == "roster_row"]
    assert sorted(kept) == [
        ("1,0,20", "[1]"), ("1,0,21", None), ("1,0,22", "[]"),
        ("2,0,20", "[1]"), ("2,0,21", "[]"), ("2,0,22", "[]"),
    ]  # fmt: skip
    assert did.counts["roster_row"] == len(kept)
    assert office.ok("db", "check")["differences"] == []


def test_every_table_of_the_schema_is_watched_by_its_key(office: Office) -> None:
    unwatched = {"audit", "audit_change", "audit_head", "search_word", *counts.RECOUNTS}
    with office.database.reading() as db:
        names = {
            name for name in db.single_rows.table_names() if not name.startswith(("sqlite_", "_sqlite_"))
        }
        assert set(journal.KEYS) == names - unwatched
        assert {name: tuple(db.table(name).pks) for name in journal.KEYS} == dict(journal.KEYS)


def test_a_table_of_the_officers_own_is_their_own(office: Office) -> None:
    with closing(sqlite3.connect(office.path)) as file:
        file.execute("CREATE TABLE catatan (isi TEXT)")
        file.execute("INSERT INTO catatan VALUES ('rapat')")
        file.commit()
    office.ok("db", "setting", "four_eyes", "tidak", "--reason", "x")
    assert office("db", "check").code == 0


def test_a_part_that_cannot_be_read_begins_with_nothing() -> None:
    assert parts.beginning(b"rusak", 10) == b""
    assert parts.beginning(parts.compressed(b"isi yang panjang"), 3) == b"isi"
