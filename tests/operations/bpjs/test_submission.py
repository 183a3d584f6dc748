"""People handed to BPJS: in one file, once, and never a file without its record."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jamsostek_cli.store import enrolments
from tests.conftest import ROOT, Office, Ran, once, person
from tests.support.keyboard import Keyboard

TERMS = ("--from", "2025-08", "--months", 5, "--payer", "apbd-kota", "--decree", "SK 1")


@pytest.fixture
@once
def proposed(office: Office, roster: Callable[..., Path]) -> Office:
    """An office that proposes six people from August to December 2025."""
    rows = [person(n, born=f"19{70 + n}-03-0{1 + n}", sex="LP"[n % 2]) for n in range(6)]
    office.ok("import", roster(rows))
    office.ok("enrol", "--batch", "B-2025-001", *TERMS)
    return office


def rows_of(path: Path) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    headings, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


def submit(office: Office, path: Path, *options: object) -> Ran:
    return office("bpjs", "submit", "-o", path, *options)


def statuses(office: Office) -> list[str]:
    return [status for (status,) in office.rows("SELECT status FROM v_enrolment ORDER BY id")]


def test_everybody_proposed_goes_out_in_one_workbook(proposed: Office, tmp_path: Path) -> None:
    path = tmp_path / "pengajuan.xlsx"
    data = proposed.ok("bpjs", "submit", "-o", path)
    assert data == {
        "dry_run": False, "submission": "S-2025-001", "file": str(path), "heads": 6, "waiting": 0,
        "payers": {"apbd-kota": 6}, "held": [], "refused_before": [], "locked": False,
        "lacking": [
            {"field": "birth_place", "heads": 6}, {"field": "mother_name", "heads": 6},
            {"field": "address", "heads": 6}, {"field": "phone", "heads": 6},
        ],
        "template": None,
    }  # fmt: skip
    first, second, *_ = rows_of(path)
    assert first == {
        "NO": 1, "NIK": "6474010103707000", "NAMA LENGKAP": "BASRI AAA", "TEMPAT LAHIR": None,
        "TANGGAL LAHIR": "01-03-1970", "JENIS KELAMIN": "L", "NAMA IBU KANDUNG": None,
        "ALAMAT": "KEL. GUNTUNG, KEC. BONTANG UTARA", "KODE POS": None, "NO HP": None, "EMAIL": None,
        "LOKASI PEKERJAAN": "Kota Bontang", "JENIS PEKERJAAN": "NELAYAN", "PENGHASILAN": "1000000",
        "PROGRAM": "JKK+JKM", "PERIODE AWAL": "08-2025", "PERIODE AKHIR": "12-2025", "KPJ LAMA": None,
        "KPJ": None, "STATUS": None, "KETERANGAN": None,
    }  # fmt: skip
    assert second["JENIS KELAMIN"] == "P"
    book = openpyxl.load_workbook(path)
    cover = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(max_row=4)]
    assert cover == [
        ["Nomor pengajuan", "S-2025-001"], ["Tanggal", "04-08-2025"], ["Dari", "Kota Bontang"],
        ["Jumlah orang", "6"],
    ]  # fmt: skip
    cells = [
        cell for row in book.worksheets[0].iter_rows(min_row=2) for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells if cell.column > 1} == {"s"}
    assert {cell.number_format for cell in cells if cell.column > 1} == {"@"}
    assert set(statuses(proposed)) == {"submitted"}
    assert proposed.rows("SELECT number, made_on, actor, file, heads, waiting FROM v_submission") == [
        ("S-2025-001", "2025-08-04", "rina", "pengajuan.xlsx", 6, 6)
    ]
    assert proposed.rows("SELECT action, subject FROM v_audit ORDER BY seq DESC LIMIT 1") == [
        ("bpjs.submit", "S-2025-001")
    ]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_row_says_all_the_register_knows(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    headings = ("NIK", "NAMA", "TEMPAT LAHIR", "NAMA IBU", "ALAMAT", "RT", "RW", "KELURAHAN", "NO HP")
    row = (
        "6474011708857001",
        "=1+1 RUDI",
        "Bontang",
        "SITI",
        "Jl. Mawar 3",
        "5",
        "2",
        "Guntung",
        "081220320617",
    )
    other = ("6474011708857002", "WATI LESTARI", "", "", "", "", "", "", "")
    office.ok("import", roster([row, other], headings=headings))
    office.ok("enrol", "--batch", "B-2025-001", *TERMS)
    layout = tmp_path / "kantor.toml"
    columns = (
        "nik",
        "worker",
        "name",
        "birth_place",
        "mother_name",
        "full_address",
        "phone",
        "months",
        "number",
    )
    layout.write_text(
        'sheet = "surat pengantar"\n'
        + "".join(f'[[column]]\nheading = "{field}"\nfield = "{field}"\n' for field in columns)
        + '[[column]]\nheading = "basis"\nfield = "basis"\nformat = "number"\n'
        + '[[column]]\nheading = "cabang"\ntext = "Bontang"\n'
    )
    assert submit(office, tmp_path / "s.xlsx", "--layout", layout).code == 0
    full, bare = rows_of(tmp_path / "s.xlsx")
    assert full == {
        "nik": "6474011708857001", "worker": "P-000001", "name": "=1+1 RUDI", "birth_place": "BONTANG",
        "mother_name": "SITI", "full_address": "JL. MAWAR 3, RT 005 RW 002, KEL. GUNTUNG, KEC. BONTANG UTARA",
        "phone": "081220320617", "months": "5", "number": "S-2025-001", "basis": 1_000_000,
        "cabang": "Bontang",
    }  # fmt: skip
    assert (bare["full_address"], bare["phone"], bare["cabang"]) == (None, None, "Bontang")


def test_the_same_people_never_stand_in_two_open_submissions(proposed: Office, tmp_path: Path) -> None:
    assert submit(proposed, tmp_path / "a.xlsx").code == 0
    again = submit(proposed, tmp_path / "b.xlsx")
    assert (again.code, again.error) == (1, "E331")
    proposed.ok("enrol", "--worker", "P-000001", "--from", "2026-01", *TERMS[2:])
    still = submit(proposed, tmp_path / "b.xlsx")
    assert (still.code, still.error) == (1, "E331")
    assert "menunggu jawaban BPJS: 6 orang" in still.err
    assert not (tmp_path / "b.xlsx").exists()
    assert proposed.one("SELECT count(*) FROM submission") == 1


def test_who_waits_is_left_out_and_the_others_go(proposed: Office, tmp_path: Path) -> None:
    assert submit(proposed, tmp_path / "a.xlsx", "--payer", "apbd-kota", "--month", "2025-12").code == 0
    for worker in ("P-000001", "P-000002"):
        proposed.ok("enrol", "--worker", worker, "--from", "2026-01", *TERMS[2:])
    proposed.ok("bpjs", "withdraw", "S-2025-001", "--reason", "belum dikirim")
    assert proposed.one("SELECT count(*) FROM v_enrolment WHERE status = 'proposed'") == 8
    assert proposed.ok("bpjs", "submit", "-o", tmp_path / "b.xlsx", "--batch", "B-2025-001")["heads"] == 6
    assert {row["PERIODE AWAL"] for row in rows_of(tmp_path / "b.xlsx")} == {"08-2025"}
    proposed.ok("import", _other(tmp_path))
    proposed.ok("enrol", "--batch", "B-2025-002", "--from", "2026-01", *TERMS[2:])
    data = proposed.ok("bpjs", "submit", "-o", tmp_path / "c.xlsx")
    assert (data["submission"], data["heads"], data["waiting"]) == ("S-2025-003", 1, 2)
    shown = proposed("bpjs", "submit", "-o", tmp_path / "d.xlsx")
    assert shown.error == "E331"


def _other(folder: Path) -> Path:
    path = folder / "lain.csv"
    nik, name, *_ = person(40)
    path.write_text(f"NIK;NAMA\n{nik};{name}\n")
    return path


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--payer", "csr"), "E331"),
        (("--month", "2026-01"), "E331"),
        (("--batch", "B-2025-009"), "E302"),
        (("--payer", "nobody"), "E310"),
        (("--layout", "none.toml"), "E201"),
        (("--password-file", "none.txt"), "E201"),
    ],
)
def test_what_cannot_be_submitted_leaves_everything_as_it_was(
    proposed: Office, tmp_path: Path, options: tuple[str, ...], error: str
) -> None:
    ran = submit(proposed, tmp_path / "s.xlsx", *options)
    assert ran.error == error
    assert not (tmp_path / "s.xlsx").exists()
    assert set(statuses(proposed)) == {"proposed"}
    assert proposed.one("SELECT count(*) FROM v_audit WHERE action = 'bpjs.submit'") == 0


def test_a_file_in_the_way_a_wrong_ending_and_no_file(proposed: Office, tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    path.write_text("another letter")
    assert submit(proposed, path).error == "E502"
    assert submit(proposed, tmp_path / "s.csv").error == "E503"
    assert proposed("bpjs", "submit").error == "E002"
    (tmp_path / "empty").write_text("\n")
    assert submit(proposed, path, "--password-file", tmp_path / "empty").error == "E002"
    assert set(statuses(proposed)) == {"proposed"}
    assert submit(proposed, path, "--force").code == 0
    assert len(rows_of(path)) == 6


def test_a_dry_run_writes_nothing(proposed: Office, tmp_path: Path) -> None:
    ran = proposed("bpjs", "submit", "--dry-run")
    assert "S-2025-001: 6 orang" in ran.out
    data = proposed.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx", "--dry-run")
    assert (data["dry_run"], data["file"], data["heads"]) == (True, None, 6)
    assert not (tmp_path / "s.xlsx").exists()
    assert set(statuses(proposed)) == {"proposed"}


def test_what_the_columns_lack_is_said_before_it_is_written(
    proposed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed.ok("worker", "set", "P-000001", "--mother", "SALMA", "--reason", "KK")
    with proposed.database.trying() as connection:
        connection.execute("UPDATE worker SET occupation = NULL WHERE id = 2")
        connection.execute("COMMIT")
    layout = tmp_path / "kantor.toml"
    columns = ("nik", "occupation", "mother_name", "kelurahan", "kpj")
    tables = (f'[[column]]\nheading = "{name.upper()}"\nfield = "{name}"\n' for name in columns)
    layout.write_text('sheet = "Isi"\n' + "".join(tables), encoding="utf-8")
    path = tmp_path / "s.xlsx"
    plan = proposed.ok("bpjs", "submit", "--dry-run", "--layout", layout)
    assert plan["lacking"] == [{"field": "occupation", "heads": 1}, {"field": "mother_name", "heads": 5}]
    monkeypatch.setattr(sys, "stdin", Keyboard("t\n"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    ran = submit(proposed, path, "--layout", layout)
    assert (ran.error, path.exists()) == ("E001", False)
    assert "Pekerjaan 1, Nama ibu 5. Ajukan 6 orang ke BPJS?" in ran.err
    whole = tmp_path / "nik.toml"
    whole.write_text('sheet = "Isi"\n[[column]]\nheading = "NIK"\nfield = "nik"\n', encoding="utf-8")
    assert "kosong" not in proposed("bpjs", "submit", "--dry-run", "--layout", whole).out


def test_a_locked_workbook_opens_with_its_password_only(proposed: Office, tmp_path: Path) -> None:
    (tmp_path / "sandi").write_text("kuda laut\n")
    path = tmp_path / "s.xlsx"
    assert proposed.ok("bpjs", "submit", "-o", path, "--password-file", tmp_path / "sandi")["locked"] is True
    assert b"EncryptedPackage".decode().encode("utf-16-le") in path.read_bytes()
    assert proposed("bpjs", "answer", path).error == "E205"
    answered = proposed.ok("bpjs", "answer", path, "--password-file", tmp_path / "sandi")
    assert answered["replies"]["silent"] == 6


def test_the_dead_the_moved_and_the_merged_are_not_submitted(proposed: Office, tmp_path: Path) -> None:
    proposed.ok("worker", "death", "P-000001", "--died", "2025-08-01")
    proposed.ok("worker", "merge", "P-000003", "P-000002", "--reason", "satu orang")
    assert proposed.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx")["heads"] == 4
    assert [row["NIK"][-4:] for row in rows_of(tmp_path / "s.xlsx")] == ["7002", "7003", "7004", "7005"]


def test_a_submission_that_was_never_sent_is_taken_back(proposed: Office, tmp_path: Path) -> None:
    submit(proposed, tmp_path / "s.xlsx")
    assert proposed("bpjs", "withdraw", "S-2025-009", "--reason", "x").error == "E332"
    data = proposed.ok("bpjs", "withdraw", "s-2025-001", "--reason", "berkas salah")
    assert data == {"submission": "S-2025-001", "proposed_again": 6, "backup": None}
    assert set(statuses(proposed)) == {"proposed"}
    assert proposed("bpjs", "withdraw", "S-2025-001", "--reason", "x").error == "E341"
    assert proposed("bpjs", "file", "S-2025-001", "-o", tmp_path / "t.xlsx").error == "E341"
    assert not (tmp_path / "t.xlsx").exists()
    assert proposed.ok("bpjs", "submit", "-o", tmp_path / "u.xlsx")["submission"] == "S-2025-002"
    assert proposed.ok("bpjs", "list") == [
        {
            "number": "S-2025-002", "made_on": "2025-08-04", "heads": 6, "waiting": 6, "registered_there": 0,
            "refused": 0, "withdrawn": 0, "file": "u.xlsx",
        },
        {
            "number": "S-2025-001", "made_on": "2025-08-04", "heads": 6, "waiting": 0, "registered_there": 0,
            "refused": 0, "withdrawn": 6, "file": "s.xlsx",
        },
    ]  # fmt: skip


def test_numbers_begin_anew_each_year(proposed: Office, tmp_path: Path) -> None:
    submit(proposed, tmp_path / "s.xlsx")
    proposed.ok("bpjs", "withdraw", "S-2025-001", "--reason", "x")
    ran = proposed("bpjs", "submit", "-o", tmp_path / "t.xlsx", "--json", today="2026-01-05")
    assert ran.data["submission"] == "S-2026-001"


def test_a_lost_file_is_written_again_for_those_who_wait(proposed: Office, tmp_path: Path) -> None:
    first, second = tmp_path / "s.xlsx", tmp_path / "t.xlsx"
    submit(proposed, first)
    said = proposed("bpjs", "file", "S-2025-001", "-o", second)
    assert said.code == 0
    assert "S-2025-001: 6 orang" in said.out
    assert "NIK lengkap" in said.err
    assert second.read_bytes() == first.read_bytes()
    proposed.ok("worker", "death", "P-000001", "--died", "2025-08-01")
    assert proposed.ok("bpjs", "file", "S-2025-001", "-o", second, "--force")["heads"] == 5
    assert proposed.one("SELECT count(*) FROM v_audit WHERE action = 'bpjs.file'") == 2


def test_the_layout_is_shown_and_copied_to_start_from(
    proposed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "kantor.toml"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    shown = proposed("bpjs", "layout", "-o", copy)
    assert shown.code == 0
    assert "TANGGAL LAHIR" in shown.out
    assert "tanggal lahir" in shown.out
    assert "nama ibu kandung, kartu keluarga" in shown.err
    spoken = proposed("--lang", "en", "bpjs", "layout", copy)
    assert "mother's name" in spoken.out
    assert "number of months" in spoken.err
    assert "birth_date" not in shown.out + shown.err + spoken.out + spoken.err
    data = proposed.ok("bpjs", "layout", copy)
    assert (data["layout"], data["sheet"], len(data["columns"])) == ("kantor.toml", "PENDAFTARAN", 21)
    assert data["fields"]["sex"] == ["L/P", "Laki-laki/Perempuan"]
    assert data["columns"][0] == {"seq": 1, "heading": "NO", "field": "line", "format": "number"}
    copy.write_text("rusak")
    assert proposed("bpjs", "layout", copy).code == 78
    assert proposed("bpjs", "layout", "-o", copy).error == "E502"


def test_two_who_submit_at_once_make_one_submission(proposed: Office, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "jamsostek_cli", "--db", str(proposed.path), "--today", "2025-08-04"]
    running = [
        subprocess.Popen(
            [*command, "bpjs", "submit", "-o", str(tmp_path / name)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in ("a.xlsx", "b.xlsx")
    ]  # fmt: skip
    ended = [process.communicate(timeout=60)[1] for process in running]
    assert sorted(process.returncode for process in running) == [0, 1], ended
    assert sum("E331" in said for said in ended) == 1
    assert len(list(tmp_path.glob("[ab].xlsx"))) == 1
    assert not list(tmp_path.glob(".*.part"))
    assert proposed.one("SELECT count(*) FROM v_submission_line") == 6


def test_a_command_that_is_killed_leaves_neither_file_nor_record(proposed: Office, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "jamsostek_cli", "--db", str(proposed.path), "--today", "2025-08-04"]
    path = tmp_path / "s.xlsx"
    with proposed.database.trying():  # so that it has written its file, and waits to record it
        killed = subprocess.Popen([*command, "bpjs", "submit", "-o", str(path)], cwd=ROOT)
        while not any(part.stat().st_size for part in tmp_path.glob(".s.xlsx.*.part")):
            assert killed.poll() is None
            time.sleep(0.01)
        killed.kill()
        killed.wait(10)
    assert not path.exists()
    assert proposed.ok("bpjs", "list") == []
    assert set(statuses(proposed)) == {"proposed"}
    assert proposed.ok("bpjs", "submit", "-o", path)["submission"] == "S-2025-001"
    assert len(rows_of(path)) == 6


def test_what_changes_while_the_file_is_written_is_in_it(proposed: Office, tmp_path: Path) -> None:
    """Another command holds the database until the file is written for the first time."""
    locked = threading.Event()

    def other() -> None:
        with proposed.database.trying() as connection:
            locked.set()
            while not any(part.stat().st_size for part in tmp_path.glob(".s.xlsx.*.part")):
                time.sleep(0.01)
            connection.execute("UPDATE enrolment SET status = 'refused' WHERE worker_id = 1")
            connection.execute("COMMIT")

    colleague = threading.Thread(target=other)
    colleague.start()
    assert locked.wait(10)
    data = proposed.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx")
    colleague.join()
    assert data["heads"] == 5
    assert [row["NO"] for row in rows_of(tmp_path / "s.xlsx")] == [1, 2, 3, 4, 5]


def test_a_death_or_merge_takes_the_line_back_and_its_undoing_opens_it_again(
    proposed: Office, tmp_path: Path
) -> None:
    submit(proposed, tmp_path / "s.xlsx")
    lines = "SELECT worker_id, outcome, reason FROM v_submission_line WHERE worker_id IN (1, 2) ORDER BY line"
    proposed.ok("worker", "death", "P-000001", "--died", "2025-08-01")
    proposed.ok("worker", "merge", "P-000003", "P-000002", "--reason", "satu orang")
    assert proposed.rows(lines) == [(1, "withdrawn", "deceased"), (2, "withdrawn", "merged")]
    assert statuses(proposed)[:2] == ["refused", "refused"]
    proposed.ok("worker", "alive", "P-000001", "--reason", "salah orang")
    proposed.ok("worker", "merge", "P-000003", "P-000002", "--reason", "dua orang", "--undo")
    assert proposed.rows(lines) == [(1, None, None), (2, None, None)]
    assert statuses(proposed)[:2] == ["submitted", "submitted"]
    assert proposed.ok("bpjs", "list")[0]["waiting"] == 6


def test_a_card_of_earlier_days_stands_in_the_workbook(proposed: Office, tmp_path: Path) -> None:
    with proposed.database.trying() as connection:
        enrolments.activate(connection, [1], None)
        connection.execute("UPDATE enrolment SET kpj = '24012345678' WHERE id = 1")
        connection.execute("COMMIT")
    proposed.ok("enrol", "--worker", "P-000001", "--from", "2026-01", *TERMS[2:])
    submit(proposed, tmp_path / "s.xlsx", "--month", "2026-03")
    assert [(row["NIK"][-4:], row["KPJ LAMA"]) for row in rows_of(tmp_path / "s.xlsx")] == [
        ("7000", "24012345678")
    ]


def test_the_workbook_can_be_read_on_paper_and_by_a_program(proposed: Office, tmp_path: Path) -> None:
    path = tmp_path / "ajukan.xlsx"
    proposed.ok("bpjs", "submit", "-o", path)
    book: Any = openpyxl.load_workbook(path)
    sheet, cover = book.worksheets
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (3, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$C")
    assert not sheet.merged_cells.ranges, (
        "a program finds a heading over each column, and one row for one person"
    )
    assert all(cell.alignment.wrap_text for cell in sheet[2] if isinstance(cell.value, str))
    assert sheet.max_row == 1 + sheet.cell(sheet.max_row, 1).value
    assert (cover.page_setup.paperSize, cover.sheet_properties.pageSetUpPr.fitToPage) == (9, True)
    assert [cover["A1"].value, cover["B1"].value] == ["Nomor pengajuan", "S-2025-001"]
    assert {str(area) for area in cover.merged_cells.ranges} == {"A6:B6", "A7:B7", "A8:B8"}


def test_the_cover_sheet_bears_the_offices_letterhead(proposed: Office, tmp_path: Path) -> None:
    for name, value in (
        ("office", "Dinas Ketenagakerjaan"),
        ("address", "Jl. Bessai Berinta"),
        ("phone", "0548 12345"),
        ("signer", "Dra. CONTOH"),
        ("signer_title", "Kepala Dinas"),
        ("signer_nip", "197001011995031001"),
    ):
        proposed.ok("db", "setting", name, value, "--reason", "kop surat")
    path = tmp_path / "pengajuan.xlsx"
    proposed.ok("bpjs", "submit", "-o", path)
    cover = openpyxl.load_workbook(path).worksheets[1]
    rows = [[cell.value for cell in row] for row in cover.iter_rows()]
    assert rows[2:6] == [
        ["Dari", "Dinas Ketenagakerjaan, Kota Bontang"],
        ["Alamat", "Jl. Bessai Berinta"],
        ["Telepon", "0548 12345"],
        ["Jumlah orang", "6"],
    ]
    signed = [right for _, right in rows[10:] if right]
    assert signed == ["Bontang, 04-08-2025", "Kepala Dinas", "Dra. CONTOH", "NIP 197001011995031001"]
    proposed.ok("db", "setting", "place", "Bontang Utara", "--reason", "kantor pindah")
    proposed.ok("db", "setting", "signer_nip", "", "--reason", "belum ada")
    again = tmp_path / "lagi.xlsx"
    proposed.ok("bpjs", "file", "S-2025-001", "-o", again)
    last = [row[1].value for row in openpyxl.load_workbook(again).worksheets[1].iter_rows() if row[1].value]
    assert last[-3:] == ["Bontang Utara, 04-08-2025", "Kepala Dinas", "Dra. CONTOH"]
