"""Rosters with a password, at the keyboard and from cron."""

import getpass
import io
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.conftest import Office, person

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
