"""A roster's file as it arrives from the reading process."""

import subprocess
from pathlib import Path

import pytest

from jamsostek_cli import operating_system
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.files import parent, wire
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.parent import open_workbook
from tests.support.workbooks import HEADINGS, RUDI, WATI, xlsx


@pytest.fixture(autouse=True)
def _loaded_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the reading process as the program does."""
    monkeypatch.setattr(parent, "subprocess", subprocess)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return xlsx(tmp_path / "r.xlsx", {"A": [HEADINGS, RUDI, WATI], "B": [HEADINGS, WATI]}, hidden=["B"])


def test_sheets_come_one_after_the_other(book: Path) -> None:
    with open_workbook(book) as opened:
        assert (opened.kind, opened.since_1904, len(opened.sha256)) == ("xlsx", False, 64)
        found = [(sheet.name, sheet.barred, sheet.layout.row_count) for sheet in opened.sheets]

    assert found == [("A", "", 3), ("B", "hidden", 0)]


def test_rows_that_nobody_takes_are_passed_over(book: Path) -> None:
    with open_workbook(book, Opening(sheets=("b",))) as opened:
        sheets = opened.sheets
        first = next(sheets)
        assert next(first.rows)[0] == 1
        assert [number for number, _, _ in next(sheets).rows] == [1, 2]


def test_a_refusal_arrives(tmp_path: Path) -> None:
    with pytest.raises(JcliError, match="E201") as refused, open_workbook(tmp_path / "none.xlsx") as opened:
        opened.kind  # noqa: B018 - asking is what raises
    assert refused.value.facts == {"path": "none.xlsx"}


def test_a_file_that_is_gone_meanwhile(book: Path) -> None:
    book.unlink()
    with pytest.raises(JcliError, match="E201"):
        parent._sha256(book)


def test_a_process_that_dies(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (book.parent / "dies.py").write_text("", "utf-8")
    monkeypatch.setattr(parent, "_PACKAGE_ROOT", str(book.parent))
    monkeypatch.setattr(wire, "CHILD", "dies")
    with pytest.raises(JcliError, match="E209"), open_workbook(book) as opened:
        next(opened.sheets)
    for number, end in enumerate(("os.abort()", f"os._exit({operating_system.OVER_BOUNDS})")):
        (book.parent / f"stopped{number}.py").write_text(f"import os\n{end}", "utf-8")
        monkeypatch.setattr(wire, "CHILD", f"stopped{number}")
        with pytest.raises(JcliError, match="E210"), open_workbook(book) as opened:
            next(opened.sheets)


def test_a_process_that_takes_too_long(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (book.parent / "sleeps.py").write_text("import time\ntime.sleep(60)", "utf-8")
    monkeypatch.setattr(parent, "_PACKAGE_ROOT", str(book.parent))
    monkeypatch.setattr(parent, "_SECONDS", 0.3)
    monkeypatch.setattr(wire, "CHILD", "sleeps")
    with pytest.raises(JcliError, match="E210"), open_workbook(book) as opened:
        next(opened.sheets)


def test_nothing_of_the_working_folder_is_run(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(book.parent)
    (book.parent / "zipfile.py").write_text("raise SystemExit('caught')", "utf-8")

    with open_workbook(book) as opened:
        assert [sheet.name for sheet in opened.sheets] == ["A", "B"]
