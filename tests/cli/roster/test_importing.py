"""Rosters at the keyboard: columns that an officer has to explain, and passwords."""

import getpass
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.conftest import Office, person


def written(tmp_path: Path, number: int, *lines: str) -> Path:
    path = tmp_path / f"{number}.csv"
    nik, name = map(str, person(number)[:2])
    path.write_text("\n".join([*lines, f"{number};{nik};{name}"]), "utf-8")
    return path


def test_a_mapping_is_remembered_for_its_agency(office: Office, tmp_path: Path) -> None:
    heading = "NO;Kode Warga;Warga"
    told = ("--map", "NIK=Kode Warga", "--map", "Nama=Warga")
    first, second, third = (written(tmp_path, number, heading) for number in (1, 2, 3))

    assert office("import", first).error == "E206"
    rehearsed = office("import", first, "--agency", "Dinas A", *told, "--dry-run")
    assert rehearsed.code == 0
    assert "diingat" not in rehearsed.err
    assert "2 judul diingat untuk Dinas A" in office("import", first, "--agency", "Dinas A", *told).err
    assert office.ok("import", second, "--agency", "dinas a")["outcomes"]["new"] == 1
    assert office("import", third, "--agency", "Dinas B").error == "E206"
    assert "tanpa --agency" in office("import", third, *told).err
    assert office.rows("SELECT field, heading FROM agency_heading") == [
        ("name", "Warga"), ("nik", "Kode Warga"),
    ]  # fmt: skip


def test_looking_needs_no_database_and_names_nobody(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path, 1)
    nowhere = tmp_path / "none.db"

    ran = office.run_jcli("--db", nowhere, "import", "--inspect", path)
    data = office.ok("import", "--inspect", path, written(tmp_path, 2, "NO;NIK;NAMA"))

    assert ran.code == 0
    assert not nowhere.exists()
    assert str(person(1)[0]) not in ran.out
    assert [sheet["header_row"] for file in data for sheet in file["sheets"]] == [None, 1]
    assert [column["field"] for column in data[0]["sheets"][0]["columns"]] == ["", "nik", "name"]
    assert office("import", path).error == "E219"
    assert office.ok("import", path, "--columns", "NO,NIK,NAMA")["outcomes"]["new"] == 1
    assert office("import", path, "--columns", "NO,HOBI").error == "E220"


def test_hidden_sheets_are_said(office: Office, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("A").write(0, 0, "x")
        book.add_worksheet("B").hide()

    assert 'lembar "B": tidak dibaca' in office("import", "--inspect", path).out


def test_names_at_the_edge_of_what_a_file_can_have(office: Office, tmp_path: Path) -> None:
    long = written(tmp_path, 1, "NO;NIK;NAMA").rename(tmp_path / f"{'x' * 245}.csv")

    assert office("import", tmp_path / f"{'x' * 300}.csv").error == "E201"
    (plan,) = office.ok("import", long, "--dry-run")["plans"]
    assert office.ok("import", "--apply", plan)["outcomes"]["new"] == 1


def test_many_sheets_are_not_all_named(office: Office, tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as book:
        for number in range(12):
            book.add_worksheet(f"S{number}").write(0, 0, "x")

    assert "S9, …" in office("import", tmp_path / "r.xlsx").err


def test_a_plan_keeps_how_the_file_was_read(office: Office, tmp_path: Path) -> None:
    bare, explained = written(tmp_path, 1), written(tmp_path, 2, "NO;Kode Warga;Nama")

    (plan,) = office.ok("import", bare, "--columns", "NO,NIK,NAMA", "--dry-run")["plans"]
    assert office.ok("import", "--apply", plan)["outcomes"]["new"] == 1
    told = ("--map", "NIK=Kode Warga", "--agency", "Dinas A")
    (plan,) = office.ok("import", explained, *told, "--dry-run")["plans"]
    assert office.ok("import", "--apply", plan)["outcomes"]["new"] == 1
    assert office.rows("SELECT field, heading FROM agency_heading") == [("nik", "Kode Warga")]


PASSWORD = "rahasia sekali"


@pytest.fixture
def locked(roster: object, tmp_path: Path) -> Path:
    clear = roster([person(1)], "clear.xlsx")  # type: ignore[operator] # a fixture that writes rosters
    sealed = io.BytesIO()
    with clear.open("rb") as stream:
        OOXMLFile(stream).encrypt(PASSWORD, sealed)
    path = tmp_path / "terkunci.xlsx"
    path.write_bytes(sealed.getvalue())
    return path


def test_a_password_file_opens_it(office: Office, locked: Path, tmp_path: Path) -> None:
    (tmp_path / "sandi").write_text(f"{PASSWORD}\r\nnot this line\n", "utf-8")

    assert office("import", locked).error == "E205"
    assert office("import", locked, "--password-file", tmp_path / "none").error == "E201"
    assert office.ok("import", locked, "--password-file", tmp_path / "sandi")["outcomes"]["new"] == 1


def test_the_wrong_password_is_said(office: Office, locked: Path, tmp_path: Path) -> None:
    (tmp_path / "sandi").write_text("lain", "utf-8")

    ran = office("import", locked, "--password-file", tmp_path / "sandi")

    assert (ran.error, ran.code) == ("E218", 65)
    assert "lain" not in ran.err


def test_whoever_sits_at_a_terminal_is_asked(
    office: Office, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream in ("stdin", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    monkeypatch.setattr(getpass, "getpass", lambda *_, **__: PASSWORD)

    assert office("import", locked, "--no-input").error == "E205"
    assert office.ok("import", locked, "--quiet")["outcomes"]["new"] == 1


def test_hidden_sheets_on_request_and_hidden_rows_in_the_answer(office: Office, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tersembunyi")
        for at, row in enumerate([("NIK", "NAMA"), (person(1)[0], "BASRI")]):
            sheet.write_row(at, 0, row)
        sheet.set_row(1, None, None, {"hidden": True})
        book.add_worksheet("Kosong").activate()
        sheet.hide()

    assert office("import", path).error == "E206"
    ran = office("import", path, "--sheet", "tersembunyi")
    assert ran.code == 0
    assert "baris tersembunyi ikut dibaca: 1" in ran.out
    assert office.one("SELECT codes FROM v_roster_row") == '["row_hidden"]'


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_roster_wanted_whole_is_refused_with_its_rows(
    office: Office, roster: Callable[..., Path], language: str
) -> None:
    people = [person(0), ("12", *person(1)[1:]), person(2), (person(2)[0], *person(3)[1:])]
    path = roster(people, "daftar 1.xlsx")
    before = office.path.read_bytes()
    for options in ((), ("--dry-run",)):
        ran = office("--lang", language, "import", path, "--all-or-nothing", *options)
        assert (ran.code, ran.error) == (1, "E226")
        row = "sheet Sheet, row {}" if language == "en" else "lembar Sheet, baris {}"
        assert [row.format(at) in ran.err for at in range(2, 6)] == [False, True, True, True]
    assert office.path.read_bytes() == before
    assert not path.with_name("daftar 1.xlsx.plan.json").exists()
    listed = ("--as", "covered-elsewhere", "--payer", "apbd-provinsi")
    assert office("import", path, "--all-or-nothing", *listed).error == "E226"
    assert office.ok("import", roster([person(0)]), "--all-or-nothing")["outcomes"]["new"] == 1
    assert office.ok("import", roster([person(5)], "l.xlsx"), "--all-or-nothing", *listed)["rows"] == 1


def test_of_several_rosters_wanted_whole_none_is_stored_when_one_is_not(
    office: Office, roster: Callable[..., Path]
) -> None:
    good, bad = roster([person(0)], "a.xlsx"), roster([("1", *person(1)[1:])], "b.xlsx")
    ran = office("import", good, bad, "--all-or-nothing")
    assert (ran.code, ran.error) == (1, "E226")
    assert office.one("SELECT count(*) FROM batch") == 0
    data = office.ok("import", good, roster([person(2)], "c.xlsx"), "--all-or-nothing")
    assert data["outcomes"]["new"] == 2


def test_a_plan_may_be_carried_out_only_whole(office: Office, roster: Callable[..., Path]) -> None:
    path = roster([person(0), ("1", *person(1)[1:])])
    office.ok("import", path, "--dry-run")
    plan = path.with_name(f"{path.name}.plan.json")
    assert office("import", "--apply", plan, "--all-or-nothing").error == "E226"
    assert office.ok("import", "--apply", plan)["outcomes"]["rejected"] == 1


def test_of_very_many_rows_the_first_are_named(office: Office, roster: Callable[..., Path]) -> None:
    path = roster([(str(n), *person(n)[1:]) for n in range(60)])
    ran = office("import", path, "--all-or-nothing")
    assert "60 baris" in ran.err
    assert ran.err.count("lembar Sheet") == 50
    assert "dan 10 lagi" in ran.err
