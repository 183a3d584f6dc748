"""Lists of changes: read, carried out, previewed, taken back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.conftest import Office, person
from tests.support.keyboard import Keyboard

Write = Callable[..., Path]
HEADINGS = ("NO", "NIK", "NAMA", "TGL MENINGGAL", "KETERANGAN", "NO HP BARU")


@pytest.fixture
def changes(tmp_path: Path) -> Write:
    def write(
        *rows: tuple[str | int | None, ...], headings: tuple[str, ...] = HEADINGS, name: str = "ubah.xlsx"
    ) -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (headings, *rows):
            sheet.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def who(office: Office, worker: int) -> tuple[str, str]:
    ((nik, name),) = office.rows("SELECT nik, name FROM v_worker WHERE id = ?", worker)
    return nik, name


def state(office: Office) -> list[tuple[object, ...]]:
    return [
        *office.rows("SELECT id, nik, name, phone, status, died_on FROM v_worker ORDER BY id"),
        *office.rows("SELECT id, end_month, status, end_reason FROM v_enrolment ORDER BY id"),
    ]


def test_a_list_is_carried_out_and_taken_back_whole(covered: Office, changes: Write) -> None:
    one, two, three = (who(covered, worker) for worker in (1, 2, 3))
    file = changes(
        (1, *one, "12-03-2025", "meninggal karena sakit", None),
        (2, *two, None, "pindah ke Samarinda 01-08-2025", None),
        (3, *three, None, None, "081234567890"),
        (4, "6474010101990099", "ORANG LAIN", None, "pindah 01-02-2025", None),
        (5, *three, None, "???", None),
    )
    before = state(covered)
    tried = covered("import", file, "--as", "changes", "--dry-run", "--json")
    assert tried.code == 3
    assert state(covered) == before
    ran = covered("import", file, "--as", "changes", "--json")
    assert ran.code == 3, ran.err
    assert {**ran.data, "dry_run": True, "batch": None} == tried.data
    assert [ran.data[key] for key in ("deaths", "corrections", "strangers")] == [1, 1, 1]
    assert one[0] not in ran.out
    assert covered.one("SELECT died_on FROM v_worker WHERE id = 1") == "2025-03-12"
    assert covered.one("SELECT phone FROM v_worker WHERE id = 3") == "+6281234567890"
    assert covered("import", file, "--as", "changes").error == "E208"
    undone = covered("batch", "undo", ran.data["batch"], "--json")
    assert undone.code == 0, undone.err
    assert state(covered) == before
    assert covered.ok("db", "check")["problems"] == []


def test_what_rests_on_it_keeps_it(covered: Office, changes: Write) -> None:
    batch = covered(
        "import", changes((1, *who(covered, 1), "12-03-2025", None, None)), "--as", "changes", "--json"
    )
    covered.ok("worker", "alive", "P-000001", "--reason", "salah orang")
    ran = covered("batch", "undo", batch.data["batch"])
    assert ran.error == "E327"
    assert "P-000001" in ran.err


@pytest.mark.parametrize(
    ("died", "said", "phone", "problem"),
    [
        ("12-03-2025", None, "081234567890", "change_contradictory"),
        ("12-03-2025", "pindah", None, "change_contradictory"),
        ("12-03-2030", None, None, "E405"),
        ("12-03-1904", None, None, "E405"),
        ("12-03-2022", None, None, "change_contradictory"),
        (None, "meninggal", None, "change_date_missing"),
        (None, "batal pindah", None, "change_unclear"),
        (None, "entahlah", None, "change_unclear"),
        (None, "pindah alamat 12-03-2025", None, "change_contradictory"),
        (None, "keluar", None, "change_date_missing"),
    ],
)
def test_what_cannot_be_is_left_out_with_the_reason(
    covered: Office, changes: Write, died: str | None, said: str | None, phone: str | None, problem: str
) -> None:
    before = state(covered)
    file = changes((1, *who(covered, 1), died, said, phone))
    ran = covered("import", file, "--as", "changes", "--json")
    assert (ran.code, [row["problem"] for row in ran.data["problems"]]) == (3, [problem])
    assert state(covered) == before
    assert covered("batch", "show", ran.data["batch"]).code in {0, 3}
    whole = changes(
        (1, *who(covered, 1), died, said, phone), (2, *who(covered, 2), None, None, None), name="b.xlsx"
    )
    assert covered("import", whole, "--as", "changes", "--all-or-nothing").error == "E226"


def test_the_civil_registry_list_counts_strangers_and_keeps_another_day(
    covered: Office, changes: Write
) -> None:
    headings = ("NIK", "NAMA", "TANGGAL MENINGGAL", "SEBAB KEMATIAN")
    covered.ok("worker", "death", "P-000002", "--died", "2025-02-02")
    file = changes(
        (*who(covered, 1), "2025-03-12", "kecelakaan kerja"),
        (*who(covered, 2), "2025-02-03", None),
        ("6474010101990099", "ORANG LAIN", "2025-03-12", None),
        headings=headings,
    )
    ran = covered("worker", "death", "--from", file, "--json")
    assert (ran.code, ran.data["deaths"], ran.data["strangers"]) == (3, 1, 1)
    assert [row["problem"] for row in ran.data["problems"]] == ["E416", "change_person_unknown"]
    assert covered.one("SELECT death_cause FROM worker WHERE id = 1") == "work-accident"
    same = changes((*who(covered, 1), "2025-03-12", None), headings=headings, name="lagi.xlsx")
    again = covered("worker", "death", "--from", same, "--json")
    assert (again.code, again.data["outcomes"]) == (0, {"unchanged": 1})


def test_a_list_of_exits_takes_month_and_reason_from_the_command(
    covered: Office, changes: Write, tmp_path: Path
) -> None:
    file = changes(who(covered, 1), who(covered, 2), headings=("NIK", "NAMA"))
    place = tmp_path / "hasil.csv"
    ran = covered(
        "cover", "end", "--from", file, "--month", "2025-08", "--reason", "employed", "-o", place, "--json"
    )
    assert "exits" in ran.data, (ran.out, ran.err)
    assert (ran.code, ran.data["exits"]) == (0, 2), ran.out
    assert place.exists()
    assert covered.one("SELECT count(*) FROM v_enrolment WHERE end_reason = 'employed'") == 2


def test_people_are_found_by_card_or_by_name_and_birth_date(covered: Office, changes: Write) -> None:
    covered.ok("worker", "set", "P-000001", "--kpj", "25000010221", "--reason", "kartu")
    _, first = who(covered, 1)
    ((name, born),) = covered.rows("SELECT name, birth_date FROM v_worker WHERE id = 2")
    file = changes(
        ("", "25000010221", first, "", "081234567890"),
        ("", "", name, born, "081234567891"),
        ("", "", name, "1950-01-01", "081234567892"),
        headings=("NIK", "NO KPJ", "NAMA", "TGL LAHIR", "NO HP BARU"),
    )
    ran = covered("import", file, "--as", "changes", "--json")
    assert (ran.code, ran.data["corrections"]) == (3, 2), ran.out
    assert [row["problem"] for row in ran.data["problems"]] == ["change_person_unknown"]
    phones = covered.rows("SELECT phone FROM v_worker WHERE id <= 2 ORDER BY id")
    assert phones == [("+6281234567890",), ("+6281234567891",)]


@pytest.mark.parametrize(("answer", "code", "batches"), [("t\n", 1, 1), ("ya\n", 0, 2)])
def test_a_list_asks_at_the_keyboard_with_what_it_would_do(
    covered: Office, changes: Write, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, batches: int
) -> None:
    file = changes((1, *who(covered, 1), "12-03-2025", None, None))
    monkeypatch.setattr("sys.stdin", Keyboard(answer))
    said = Keyboard()
    monkeypatch.setattr("sys.stderr", said)
    assert covered("import", file, "--as", "changes").code == code
    assert "ubah.xlsx: 1 kematian" in said.getvalue()
    assert covered.one("SELECT count(*) FROM batch") == batches


def test_one_list_at_a_time(covered: Office, changes: Write) -> None:
    file = changes((1, *who(covered, 1), "12-03-2025", None, None))
    assert covered("import", file, file, "--as", "changes").code == 2


def test_an_old_nik_is_put_right_and_given_back(covered: Office, changes: Write) -> None:
    nik, name = who(covered, 1)
    new = f"{nik[:-1]}{(int(nik[-1]) + 7) % 10 or 1}"
    file = changes((1, nik, new, name), headings=("NO", "NIK LAMA", "NIK BARU", "NAMA"))
    ran = covered("import", file, "--as", "changes", "--json")
    assert (ran.code, ran.data["corrections"]) == (0, 1), ran.out
    assert who(covered, 1)[0] == new
    covered.ok("batch", "undo", ran.data["batch"])
    assert who(covered, 1)[0] == nik


def test_nobody_is_guessed(covered: Office, changes: Write) -> None:
    (one, name), (two, other) = who(covered, 1), who(covered, 2)
    ((born,),) = covered.rows("SELECT birth_date FROM v_worker WHERE id = 1")
    file = changes(
        (one, two, name, "", ""),
        ("6474010101017777", "", name, born, "081234567890"),
        (two, "", name, "", "081234567890"),
        headings=("NIK LAMA", "NIK BARU", "NAMA", "TGL LAHIR", "NO HP BARU"),
    )
    ran = covered("import", file, "--as", "changes", "--json")
    assert ran.code == 3
    assert [row["problem"] for row in ran.data["problems"]] == ["change_person_doubtful"] * 3
    assert other != name


def test_the_dead_get_no_new_facts_and_the_same_fact_is_nothing_new(covered: Office, changes: Write) -> None:
    covered.ok("worker", "death", "P-000001", "--died", "2025-03-12")
    covered.ok("worker", "set", "P-000002", "--phone", "081234567891", "--reason", "x")
    file = changes(
        (1, *who(covered, 1), None, None, "081234567890"),
        (2, *who(covered, 2), None, None, "0812 3456 7891"),
        (3, *who(covered, 3), None, "aktif", None),
        (4, *who(covered, 4), None, None, "081"),
    )
    ran = covered("import", file, "--as", "changes", "--json")
    assert [row["problem"] for row in ran.data["problems"]] == ["change_contradictory", "E524"]
    assert ran.data["outcomes"]["unchanged"] == 2


def test_exits_as_departments_write_them(covered: Office, changes: Write, roster: Write) -> None:
    covered.ok("import", roster([person(30)], "baru.xlsx"))
    covered.ok("cover", "end", "P-000002", "--month", "2025-06", "--reason", "employed")
    headings = ("NO", "NIK", "NAMA", "TGL PINDAH", "TGL KELUAR", "KETERANGAN")
    file = changes(
        (1, *who(covered, 1), None, "01-07-2025", None),
        (2, *who(covered, 2), None, "01-07-2025", "berhenti"),
        (3, *who(covered, 3), None, "01-12-2025", "berhenti"),
        (4, *who(covered, 11), "01-07-2025", None, None),
        (5, *who(covered, 4), None, None, "mengundurkan diri per 10 Juli 25"),
        (6, *who(covered, 5), None, "10-07-25", "mengundurkan diri"),
        (7, *who(covered, 6), None, "10-07-2099", None),
        (8, *who(covered, 7), None, "1 Juli 1997", "berhenti"),
        headings=headings,
    )
    ran = covered("import", file, "--as", "changes", "--json")
    assert [(row["row"], row["problem"]) for row in ran.data["problems"]] == [
        (4, "change_contradictory"),
        (6, "change_date_missing"),
        (8, "change_contradictory"),
        (9, "E322"),
    ], ran.out
    assert covered.one("SELECT status FROM v_worker WHERE id = 11") == "moved"
    assert covered.rows(
        "SELECT worker_id, end_reason FROM v_enrolment WHERE worker_id IN (1, 5) ORDER BY 1"
    ) == [
        (1, "other"),
        (5, "withdrawn"),
    ]
    again = changes((1, *who(covered, 11), "01-07-2025", None, None), headings=headings, name="lagi.xlsx")
    assert covered("import", again, "--as", "changes", "--json").data["outcomes"] == {"unchanged": 1}


def test_the_command_says_why_where_a_row_only_says_that_they_stopped(
    covered: Office, changes: Write
) -> None:
    file = changes((1, *who(covered, 1), None, "berhenti 10-07-2025", None))
    covered.ok("cover", "end", "--from", file, "--month", "2025-08", "--reason", "employed")
    ended = covered.rows("SELECT end_month, end_reason FROM v_enrolment WHERE worker_id = 1")
    assert ended == [("2025-07", "employed")]


def test_whoever_died_has_stopped_as_well(covered: Office, changes: Write) -> None:
    file = changes((1, *who(covered, 1), None, "berhenti karena meninggal 10-07-2025", None))
    assert covered.ok("worker", "death", "--from", file)["deaths"] == 1


def test_every_row_keeps_what_it_changed_itself(covered: Office, changes: Write) -> None:
    nik, name = who(covered, 1)
    before = state(covered)
    file = changes(
        (nik, name, "081234567890", ""),
        (nik, name, "", "Jl. Baru 5"),
        (nik, name, "081234567891", ""),
        headings=("NIK", "NAMA", "NO HP BARU", "ALAMAT BARU"),
    )
    ran = covered("import", file, "--as", "changes", "--json")
    assert (ran.code, ran.data["corrections"]) == (0, 3), ran.out
    kept = covered.rows("SELECT row, field, new FROM v_change_made ORDER BY row")
    assert kept == [
        (2, "phone", "+6281234567890"),
        (3, "address", "JL. BARU 5"),
        (4, "phone", "+6281234567891"),
    ]
    ((was, became),) = covered.rows("SELECT before, after FROM audit WHERE action = 'changes.import'")
    assert (
        set(json.loads(was)["P-000001"])
        == set(json.loads(became)["changes"]["P-000001"])
        == {
            "phone",
            "address",
        }
    )
    covered.ok("batch", "undo", ran.data["batch"])
    assert state(covered) == before


def test_a_list_of_deaths_or_exits_need_not_say_so_in_every_row(covered: Office, changes: Write) -> None:
    headings = ("NIK", "NAMA", "TANGGAL", "SEBAB", "KET", "NO HP")
    deaths = changes(
        (*who(covered, 1), "12-03-2025", "kecelakaan kerja", "", "081234567890"),
        (*who(covered, 2), "12-03-2025", "", "masih hidup", ""),
        (*who(covered, 3), "12-03-2025", "", "surat kelurahan", ""),
        headings=headings,
    )
    ran = covered("worker", "death", "--from", deaths, "--json")
    assert (ran.data["deaths"], [one["problem"] for one in ran.data["problems"]]) == (2, ["change_unclear"])
    assert covered.rows("SELECT died_on, death_cause FROM worker WHERE id IN (1, 2, 3) ORDER BY id") == [
        ("2025-03-12", "work-accident"),
        (None, None),
        ("2025-03-12", "illness"),
    ]
    exits = changes((*who(covered, 4), "10-06-2025"), headings=("NIK", "NAMA", "TMT"), name="keluar.xlsx")
    covered.ok("cover", "end", "--from", exits, "--month", "2025-08", "--reason", "employed")
    assert covered.rows("SELECT end_month, end_reason FROM v_enrolment WHERE worker_id = 4") == [
        ("2025-06", "employed")
    ]


def test_how_a_list_is_headed_says_nothing_of_the_rosters_of_its_sender(
    covered: Office, changes: Write
) -> None:
    nik, name = who(covered, 1)
    new = f"{nik[:-1]}{(int(nik[-1]) + 7) % 10 or 1}"
    file = changes((nik, new, name), headings=("NIK LAMA", "NIK BARU", "NAMA"))
    covered.ok("import", file, "--as", "changes", "--agency", "Dinas Perikanan")
    assert covered.one("SELECT count(*) FROM agency_heading") == 0


def test_a_list_of_one_kind_takes_no_other(covered: Office, changes: Write) -> None:
    file = changes((1, *who(covered, 1), None, "pindah 01-07-2025", None))
    ran = covered("worker", "death", "--from", file, "--json")
    assert [row["problem"] for row in ran.data["problems"]] == ["change_contradictory"]


def test_facts_under_their_usual_headings(covered: Office, changes: Write) -> None:
    headings = ("NIK", "NAMA", "KELURAHAN", "ALAMAT", "NO KPJ", "SEBAB KEMATIAN", "TGL MENINGGAL")
    file = changes(
        (*who(covered, 1), "Loktuan", "Jl. Baru 5", "25000010221", None, None),
        (*who(covered, 2), None, None, None, "keracunan", "01-07-2025"),
        (*who(covered, 3), None, None, None, None, "tidak terbaca"),
        headings=headings,
    )
    ran = covered("import", file, "--as", "changes", "--json")
    assert (ran.data["corrections"], ran.data["deaths"]) == (1, 1), ran.out
    assert covered.rows("SELECT kelurahan, address FROM v_worker WHERE id = 1") == [
        ("Lok Tuan", "JL. BARU 5")
    ]
    assert covered.one("SELECT death_cause FROM worker WHERE id = 2") == "other"
    assert [row["problem"] for row in ran.data["problems"]] == ["change_date_missing"]


def test_a_list_that_names_nobody_by_number_is_refused(covered: Office, changes: Write) -> None:
    file = changes(("SESEORANG", "pindah"), headings=("NAMA", "KETERANGAN"))
    assert covered("import", file, "--as", "changes").error == "E206"
    told = ("import", file, "--as", "changes", "--map", "nik=NAMA")
    assert covered(*told).code != 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("worker", "death", "P-000001"),
        ("worker", "death", "P-000001", "--died", "2025-02-02", "--from", "x.xlsx"),
        ("cover", "end", "P-000001", "--month", "2025-08"),
        ("cover", "end", "P-000001", "--from", "x.xlsx"),
        ("import", "x.csv", "-o", "y.csv"),
    ],
)
def test_one_person_or_a_list(
    covered: Office, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text("NIK;NAMA\n")
    assert covered(*arguments).code == 2
