"""Rosters in: every row accounted for, nothing half-done, nothing twice."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jamsostek_cli.operations.roster import entry
from jamsostek_cli.roster.people import lookalikes
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import SHARED, Office, person
from tests.support.workbooks import HEADINGS, RUDI, xlsx


def test_every_row_is_kept_with_its_outcome(office: Office, roster: Callable[..., Path]) -> None:
    rows = [
        person(1),
        person(2),
        person(1),
        ("64740117088", "BUDI HAKIM", None, "L", "", ""),
        (None, "SITI RAHMA", None, "L", "", ""),
    ]
    ran = office("import", roster(rows), "--agency", "Dinas Perikanan", "--json")
    assert ran.code == 3
    assert ran.data["outcomes"] == {
        "new": 2, "changed": 0, "unchanged": 0, "duplicate": 1, "review": 0, "rejected": 2,
    }  # fmt: skip
    assert ran.data["rows"] == sum(ran.data["outcomes"].values()) == 5
    kept = office.rows("SELECT row, outcome, worker_id, same_as_row FROM v_roster_row ORDER BY row")
    assert kept == [(2, "new", 1, None), (3, "new", 2, None), (4, "duplicate", 1, 2),
                    (5, "rejected", None, None),
                    (6, "rejected", None, None)]  # fmt: skip
    assert "nik_length" in json.loads(office.one("SELECT codes FROM v_roster_row WHERE row = 5"))
    assert json.loads(office.one("SELECT raw FROM roster_row WHERE row = 5"))["NIK"] == "64740117088"
    assert office.rows("SELECT agency, batch, sheet, row FROM v_worker WHERE id = 2") == [
        ("Dinas Perikanan", "B-2025-001", "Sheet", 3)
    ]


def test_the_indexes_of_a_register_that_begins_are_built_at_the_end(
    office: Office, roster: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "_MANY", 1)
    with closing(sqlite3.connect(office.path)) as connection:
        connection.execute("CREATE INDEX an_officers_own ON worker (name, phone)")
    schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    before = office.rows(schema)
    rows = [person(1), person(2), person(1), ("12345", "BUDI SANTOSO", None, "L", "", "")]
    assert office("import", roster(rows), "--all-or-nothing").error == "E226"
    assert office.rows(schema) == before
    assert office("import", roster(rows)).code == 3
    assert office.rows(schema) == before
    assert office.rows("PRAGMA integrity_check") == [("ok",)]
    assert office.rows("SELECT worker_id FROM roster_row INDEXED BY roster_row_by_worker WHERE worker_id = 2")


def test_the_same_file_is_refused_and_the_same_facts_change_nothing(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    path = roster([person(1), person(2)])
    office.ok("import", path)
    again = office("import", path)
    assert (again.code, again.error) == (1, "E208")
    copy = tmp_path / "copy.xlsx"
    shutil.copy(path, copy)
    assert office("import", copy).error == "E208"
    before = office.rows("SELECT * FROM worker")
    data = office.ok("import", roster([person(2), person(1)], "other.xlsx"))
    assert data["outcomes"]["unchanged"] == 2
    assert office.rows("SELECT * FROM worker") == before


def test_a_changed_fact_is_stored_with_what_it_was(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1)]))
    moved = (*person(1)[:4], "Lok Tuan", "PEDAGANG")
    assert office.ok("import", roster([moved], "b.xlsx"))["outcomes"]["changed"] == 1
    assert office.rows("SELECT kelurahan, occupation FROM v_worker") == [("Lok Tuan", "PEDAGANG")]
    assert office.rows("SELECT field, old, new FROM worker_change ORDER BY field") == [
        ("kelurahan_code", "64.74.01.1004", "64.74.01.1003"), ("occupation", "NELAYAN", "PEDAGANG"),
    ]  # fmt: skip


def test_a_dry_run_says_the_same_and_changes_not_a_byte(office: Office, roster: Callable[..., Path]) -> None:
    path = roster([person(1), ("12345", "BUDI SANTOSO", None, "L", "", "")])
    before = office.path.read_bytes()
    rehearsed = office("import", path, "--dry-run", "--json")
    assert office.path.read_bytes() == before
    real = office("import", path, "--json")
    assert rehearsed.code == real.code == 3
    assert rehearsed.data["outcomes"] == real.data["outcomes"]
    assert rehearsed.data["files"][0]["batch"] is None
    assert "UJI COBA" in office("import", roster([person(3)], "c.xlsx"), "--dry-run").out


def test_people_of_the_register_who_look_alike_are_named(office: Office, roster: Callable[..., Path]) -> None:
    nik, name, *rest = person(1, name="RUSLI HAKIM")
    office.ok("import", roster([(nik, name, *rest)]))
    other = str(nik)[:-2] + str(nik)[-1] + str(int(str(nik)[-2]) + 3)
    data = office.ok("import", roster([(other, name, *rest)], "b.xlsx"))
    assert data["files"][0]["findings"] == {"possible_same_person": 1}


def test_a_folder_is_imported_file_by_file(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tmp_path / "rosters"
    folder.mkdir()
    for number in range(3):
        roster([person(number)]).rename(folder / f"{number}.xlsx")
    (folder / "broken.xlsx").write_text("PK\x03\x04 not a workbook")
    ran = office("import", folder, "--json")
    assert ran.code == 3
    assert [f["batch"] for f in ran.data["files"]] == ["B-2025-001", "B-2025-002", "B-2025-003"]
    assert [f["file"] for f in ran.data["failed"]] == ["broken.xlsx"]
    (folder / "~$0.xlsx").write_text("what Excel leaves beside an open workbook")
    again = office("import", folder, "--json")
    assert again.code in {1, 65}
    assert len(again.data["failed"]) == 4
    assert office("import", folder, "--dry-run").out == ""


def test_several_good_files_give_one_summary(office: Office, roster: Callable[..., Path]) -> None:
    paths = [roster([person(n)], f"{n}.xlsx") for n in range(2)]
    out = office("import", *paths).out.splitlines()
    assert "B-2025-002\t1.xlsx\t1\t1\t0\t0\t0\t0\t0" in out


@pytest.mark.parametrize(
    ("make", "code", "status"),
    [
        (lambda folder: folder / "missing.xlsx", "E201", 66),
        (lambda folder: folder, "E202", 66),
        (lambda folder: _file(folder, "empty.xlsx", b""), "E203", 65),
        (lambda folder: _file(folder, "photo.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(500)), "E204", 65),
        (lambda folder: _file(folder, "cut.xlsx", b"PK\x03\x04" + bytes(100)), "E209", 65),
        (lambda folder: _file(folder, "list.csv", b"KOLOM;LAIN\n1;2\n"), "E206", 65),
        (lambda folder: _file(folder, "blank.csv", b"NIK;NAMA\n"), "E207", 65),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(
    office: Office, tmp_path: Path, make: Callable[[Path], Path], code: str, status: int
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    before = office.path.read_bytes()
    ran = office("import", make(folder))
    assert (ran.error, ran.code) == (code, status)
    assert len(ran.err.splitlines()) == 2
    assert office.path.read_bytes() == before


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_batches_are_listed_and_shown_with_what_to_do(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1), ("123", "NAMA RAHASIA", None, "L", "", "")]))
    listed = office.ok("batch", "list")
    assert [(b["batch"], b["rows"], b["rejected"], b["imported_on"]) for b in listed] == [
        ("B-2025-001", 2, 1, office.today)
    ]
    shown = office("batch", "show", "b-2025-001")
    assert "nik_length" in shown.out
    assert "RAHASIA" not in shown.out
    assert office("batch", "show", "B-2025-009").error == "E302"


@given(st.permutations(range(8)), st.sets(st.integers(0, 7), min_size=1))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_importing_in_any_order_and_again_gives_the_same_register(
    office: Office, roster: Callable[..., Path], act: Act, order: list[int], again: set[int]
) -> None:
    from jamsostek_cli.operations.office import database as setup

    office.path.unlink()
    setup.init(office.path, act)
    office.ok("import", roster([person(n) for n in order]))
    first = office.rows("SELECT nik, name, birth_date, sex FROM v_worker ORDER BY nik")
    data = office.ok("import", roster([person(n) for n in sorted(again)], "again.xlsx"))
    assert data["outcomes"]["unchanged"] == len(again)
    assert office.rows("SELECT nik, name, birth_date, sex FROM v_worker ORDER BY nik") == first
    assert len(first) == 8


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample workbooks beside the repository are absent")
def test_all_sample_workbooks_go_into_one_register(office: Office) -> None:
    ran = office("import", SHARED / "rosters", "--json")
    assert ran.code == 3
    assert [failed["code"] for failed in ran.data["failed"]] == ["E207"]
    assert ran.data["rows"] == sum(ran.data["outcomes"].values())
    assert len(ran.data["files"]) == 15


def test_a_roster_may_name_the_agency_of_each_row(office: Office, roster: Callable[..., Path]) -> None:
    headings = ("NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN", "PEKERJAAN", "OPD")
    rows = [(*person(n), opd) for n, opd in enumerate(["Dinas A", "Dinas B", "Dinas A", None])]
    office.ok("import", roster(rows, headings=headings), "--agency", "Dinas C")
    agencies = [agency for (agency,) in office.rows("SELECT agency FROM v_worker ORDER BY id")]
    assert agencies == ["Dinas A", "Dinas B", "Dinas A", "Dinas C"]
    office.ok("import", roster([(*person(9), "Dinas B")], "b.xlsx", headings))
    assert office.one("SELECT count(*) FROM agency") == 3


def test_of_very_many_sheets_the_first_are_named(office: Office, tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[object, ...]]] = {f"Grafik {n}": [("catatan",)] for n in range(25)}
    rosters: dict[str, list[tuple[object, ...]]] = {f"RT {n}": [HEADINGS, RUDI] for n in range(22)}
    path = xlsx(tmp_path / "r.xlsx", {**sheets, **rosters})
    said = office("import", path).out.splitlines()
    assert sum("tidak dibaca" in line for line in said) == 20
    assert sum("judul kolom di baris" in line for line in said) == 20
    assert "  … dan 7 lembar lain" in said


HEAD = "NO;NIK;NAMA;TGL LAHIR;JK;ALAMAT;KELURAHAN;PEKERJAAN;NAMA IBU;TEMPAT LAHIR;OPD;STATUS"
NELAYAN = "JL CUMI 3;Guntung;NELAYAN;HALIMAH;BONTANG;Dinas Perikanan"


def text(path: Path, *lines: str) -> Path:
    path.write_text("\r\n".join((HEAD, *lines)) + "\r\n", "utf-8", newline="")
    return path


@pytest.mark.parametrize(
    "nothing", ["TIDAK ADA", "null", "N/A", "-", "--", "belum", "kosong", "nihil", "n.a.", "xxx", "0"]
)
def test_words_for_nothing_take_nothing_away(office: Office, tmp_path: Path, nothing: str) -> None:
    me = "1;6474010503790001;RUSTAM HAKIM;05/03/1979;L"
    office.ok("import", text(tmp_path / "a.csv", f"{me};{NELAYAN};"))
    before = office.rows("SELECT * FROM v_worker")

    data = office.ok("import", text(tmp_path / "b.csv", f"{me};{';'.join([nothing] * 6)};"))
    named = office(
        "import", text(tmp_path / "c.csv", f"1;6474010503790002;NULL;05/03/1979;L;{NELAYAN};"), "--json"
    )

    assert data["outcomes"]["unchanged"] == 1
    assert office.rows("SELECT * FROM v_worker") == before
    assert (named.code, named.data["outcomes"]["rejected"]) == (3, 1)


def test_a_registered_worker_who_is_said_to_have_died_stays_active_until_somebody_decides(
    office: Office, tmp_path: Path
) -> None:
    me = "1;6474010503790001;RUSTAM HAKIM{};05/03/1979;L"
    office.ok("import", text(tmp_path / "a.csv", f"{me.format('')};{NELAYAN};HIDUP"))

    named = office("import", text(tmp_path / "b.csv", f"{me.format(' (ALM)')};{NELAYAN};"), "--json")
    said = office(
        "import", text(tmp_path / "c.csv", f"{me.format('')};{NELAYAN};Meninggal 3/5/2025"), "--json"
    )

    assert (named.code, said.code) == (3, 3)
    assert office.rows("SELECT name, status FROM v_worker") == [("RUSTAM HAKIM", "active")]
    shown = office("batch", "show", "B-2025-002")
    assert "jcli worker death P-" in shown.out
    items = [item["item"] for item in office.ok("review")]
    assert len(items) == 2
    assert "P-000001" in office.one("SELECT findings FROM roster_row WHERE batch_id = 2")


def test_a_stray_quote_costs_nobody_a_place(office: Office, tmp_path: Path) -> None:
    people = [
        f"{at};64740108066100{at:02};{name};08/06/1961;L"
        for at, name in enumerate("ARDI BUDI EKO IWAN".split(), 1)
    ]
    lines = [f"{who};{NELAYAN};" for who in people]
    lines[1] = lines[1].replace("JL CUMI", '"JL CUMI')

    data = office.ok("import", text(tmp_path / "a.csv", *lines))

    assert (data["rows"], data["outcomes"]["new"]) == (4, 4)
    assert office.rows("SELECT row, name, address FROM v_worker") == [
        (2, "ARDI", "JL CUMI 3"), (3, "BUDI", "JL CUMI 3"), (4, "EKO", "JL CUMI 3"), (5, "IWAN", "JL CUMI 3"),
    ]  # fmt: skip


def test_a_torn_row_is_kept_whole_and_handed_back(office: Office, tmp_path: Path) -> None:
    lines = [
        f"1;6474010806610001;ARDI;S.Pd;08/06/1961;L;{NELAYAN};",
        f"2;6474010806610002;BUDI;08/06/1961;L;{NELAYAN};",
        "3;6474010806610003;EKO;08/06/1961;L",
    ]

    ran = office("import", text(tmp_path / "a.csv", *lines), "--json")

    assert (ran.code, ran.data["outcomes"]["rejected"], ran.data["outcomes"]["new"]) == (3, 1, 2)
    assert office.rows("SELECT row, codes FROM v_roster_row WHERE codes <> '[]' ORDER BY row") == [
        (2, '["row_too_wide"]'), (4, '["kelurahan_missing", "row_too_short"]'),
    ]  # fmt: skip
    assert office.rows("SELECT name, address FROM v_worker") == [("BUDI", "JL CUMI 3"), ("EKO", None)]
    office.ok("batch", "fix-file", "B-2025-001", "-o", tmp_path / "fix.xlsx")
    again = office("import", tmp_path / "fix.xlsx", "--json")
    assert (again.code, again.data["outcomes"]["rejected"]) == (3, 1)
    assert office.rows("SELECT name FROM v_worker") == [("BUDI",), ("EKO",)]


@pytest.mark.parametrize("road", [{}, {"_AT_A_LOOK": range(0)}, {"_FAR_MORE": 1}, {"_MANY": 0}])
def test_the_same_people_may_be_one_however_many_there_are_already(
    office: Office, roster: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, road: dict[str, object]
) -> None:
    for constant, value in road.items():
        monkeypatch.setattr(lookalikes, constant, value)
    names = ("SITI NUR HASANAH", "BASRI", "ABDUL KARIM", "YUSUF")
    office.ok(
        "import", roster([person(at, born=f"1985-08-{at:02}", name=name) for at, name in enumerate(names, 1)])
    )
    new = [
        person(at + 100, born=f"1985-08-{at:02}", name=name)
        for at, name in enumerate(("SITI NURHASANAH", "DARWIS", "KARIM ABD", "LUKMAN HAKIM"), 1)
    ]
    office.ok("import", roster([*new, person(200, born="1985-08-04", name="LUQMAN HAKIM")], "b.xlsx"))
    pairs = office.rows("SELECT low, high FROM likeness ORDER BY low, high")
    assert [(low[-4:], high[-4:]) for low, high in pairs] == [
        ("7001", "7101"), ("7003", "7103"), ("7104", "7200"),
    ]  # fmt: skip
