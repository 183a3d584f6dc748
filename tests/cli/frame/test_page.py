"""No English on the Indonesian screen: every help page, every error, every word of a table and of a state."""

import re
import shlex
import string
import sys
from io import StringIO
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from jamsostek_cli.cli.frame.app import app
from jamsostek_cli.cli.frame.main import main
from jamsostek_cli.cli.frame.nouns import NOUNS, Nouns
from jamsostek_cli.cli.frame.refusal import hint, sentence
from jamsostek_cli.domain.claim import ClaimMove, ClaimState
from jamsostek_cli.errors import ERRORS, JcliError
from jamsostek_cli.messages import catalogue
from jamsostek_cli.roster.findings import FINDINGS
from tests.conftest import Office, Run
from tests.support.language import PATHS, english_in


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_a_help_page_is_in_the_language_of_the_screen(jcli: Run, path: tuple[str, ...]) -> None:
    ran = jcli(*path, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Cara pakai: {' '.join(('jcli', *path))}")
    assert english_in(" ".join(ran.out.split())) == set()
    assert not re.search(r"<\w+|None|\[(?:required|default|OPTIONS)", ran.out)
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("path", [path for path in PATHS if path], ids=" ".join)
def test_a_command_line_that_cannot_be_read_is_answered_in_the_language_of_the_screen(
    office: Office, path: tuple[str, ...]
) -> None:
    for wrong in (("--no-such-option",), ("--help=yes",), (*["lebih"] * 9,)):
        ran = office(*path, *wrong)
        if ran.error == "E002":
            for line in ran.err.splitlines():
                assert english_in(line.replace("lebih", "").replace("exit-codes", "")) == set(), line
            assert "None" not in ran.err


def test_every_noun_stands_once_under_what_an_officer_wants_to_do() -> None:
    context = typer.Context(get_command(app))
    assert isinstance(context.command, Nouns)
    shown = [name for _, names in context.command.panels(context) for name in names]
    assert sorted(shown) == sorted(NOUNS)


PLAUSIBLE = {
    "claim": "K-2025-0001", "worker": "P-000001", "other": "P-000002", "batch": "B-2025-001",
    "path": "a.xlsx", "state": ClaimState.PAID, "move": ClaimMove.VERIFY, "number": "S-2025-001",
}  # fmt: skip
"""Facts of errors; what is not named here is a number."""


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_an_error_speaks_one_language_and_names_no_code(code: str) -> None:
    keys = [code, f"{code}.hint", *(key for key in catalogue("id") if key.startswith(f"{code}."))]
    fields = {
        field for key in keys for _, field, _, _ in string.Formatter().parse(catalogue("id")[key]) if field
    }
    error = JcliError(code, **{field: PLAUSIBLE.get(field, 7) for field in fields})
    for said in (sentence(error), hint(error)):
        assert english_in(said) == set(), said
        assert not re.search(r"\{|\}|None|ClaimState", said)


def test_every_message_and_finding_is_in_the_language_of_the_screen() -> None:
    wrong = {
        key: found
        for key, message in catalogue("id").items()
        if not key.startswith(("template.", "meta.")) and (found := english_in(message))
    }
    assert wrong == {}
    for finding in FINDINGS.values():
        assert english_in(f"{finding.title()} {finding.why()} {finding.remedy()}") == set(), finding.code


def test_the_tests_would_see_english() -> None:
    assert english_in("Show this message and exit.") == {"this", "message", "and", "exit"}
    assert english_in("Got unexpected extra argument (x)") == {"unexpected", "extra", "argument"}
    assert english_in("lihat jcli claim show K-1, lalu --reason TEKS") == set()


def test_an_error_says_where_its_meaning_is_told(office: Office) -> None:
    assert "jcli help E402" in office("claim", "show", "K-2025-0099").err
    assert "jcli help E002" not in office("claim", "show").err


class Window(StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self) -> bool:
        return True


LISTS = """
    worker list | claim list | iuran list | batch list | iuran bill 2025-07 | cover list
    cover gaps --within 8 | officer list | find siti
    enrol --worker P-000001 --from 2026-01 --months 3 --payer csr --decree "SK 1/2025" --dry-run
"""


@pytest.mark.parametrize("width", [80, pytest.param(120, marks=pytest.mark.long)])
def test_a_list_is_a_table_and_no_line_of_it_is_wider_than_the_window(
    jcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    folder = tmp_path / "demo"
    assert jcli("demo", folder, "--quiet").code == 0
    database = folder / "contoh.db"
    added = jcli("--db", database, "--actor", "rina", "officer", "add", "rina", "--role", "head")
    assert added.code == 0, added.err
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    for command in re.split(r"[|\n]", LISTS.strip()):
        window = Window()
        monkeypatch.setattr(sys, "stdout", window)
        code = main(["--db", str(database), "--today", "2025-08-04", *shlex.split(command)])
        drawn = window.getvalue()
        assert code in {0, 3}, command
        assert max(len(line.rstrip()) for line in drawn.splitlines()) <= width, command
        assert not re.search(r"^(Pekerja|Nomor|Bulan|Batch|Nama) {3,}\S", drawn, re.MULTILINE), command
        assert "───" in drawn, command


LOOKING = """
    status | worker list | worker show P-000003 | worker duplicates | cover list | cover show P-000003
    cover gaps --within 8 | cover overlaps --year 2025 | claim list | claim show K-2025-0001
    claim document K-2025-0003 | batch list | batch show B-2025-001 | batch show B-2025-006 --notes
    batch show B-2025-001 --finding "angka terakhir" | review | bpjs list | iuran list | iuran budget list
    iuran bill 2025-10 | report coverage --by usia | report coverage --by opd
    report claims | report monthly | report monthly --check-ahead | report workforce | report iuran
    report cover
    report quality | report forecast | report list | workforce list | provisions jkm | provisions iuran
    audit log | audit verify | db check | db calendar | db workday | help
    help exit-codes | iuran check --heads 7
"""
CODES = {"all", "exit"}
"""Codes that are names: of the whole workforce, and of a page of the manual (`exit-codes`)."""


def test_what_an_office_sees_on_a_narrow_terminal_is_in_one_language_and_whole(
    jcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demo"
    assert jcli("demo", folder, "--quiet").code == 0
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    for command in re.split(r"[|\n]", LOOKING.strip()):
        window = Window()
        monkeypatch.setattr(sys, "stdout", window)
        code = main(["--db", str(folder / "contoh.db"), "--today", "2025-08-04", *shlex.split(command)])
        shown = window.getvalue()
        assert code in {0, 3}, command
        lines = [line.replace(str(tmp_path), "") for line in shown.splitlines()]
        assert [line for line in lines if len(line.rstrip()) > 80 and " " in line.strip()] == [], command
        left = english_in(" ".join(lines)) - CODES
        assert left == set(), (command, left)
        assert not re.search(r"\d{4}-\d{2}-\d{2}T|(?<![\w-])20\d{2}-\d{2}(?![\d-])|\bNone\b", shown), command
