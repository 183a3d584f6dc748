"""The examples of the manual and of README: read from their pages, and run as an officer would type them."""

import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from tests.conftest import ROOT, Ran, Run

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BASE = re.compile(r"^\$ export JCLI_DB=(\S+)$", re.MULTILINE)
DAY = re.compile(r"^# (\d{4}-\d{2}-\d{2})\b", re.MULTILINE)
TODAY = "2025-08-04"
"""The day of an example that names none: the last one of the demonstration."""
NIK_FROM_THE_CARD = "6474010805867117"
"""What the department types into the fix-file of the sample roster: the digits that Excel had lost."""


class Example(NamedTuple):
    """A command line with the day on which it is typed."""

    day: str
    arguments: list[str]


def examples(page: str) -> list[Example]:
    """Return the commands in the `console` blocks of a page, in order; `# 2025-01-06` turns the calendar."""
    day, typed = TODAY, []
    for kind, block in FENCE.findall(page):
        for line in block.splitlines() if kind == "console" else ():
            turned = DAY.match(line)
            day = turned[1] if turned else day
            if line.startswith("$ ") and not BASE.match(line):
                program, *arguments = shlex.split(line.removeprefix("$ "), comments=True)
                assert program == "jcli", line
                typed.append(Example(day, arguments))
    return typed


def prepare(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to a folder with the sample data, where the page's own database will stand."""
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    cases = [block for kind, block in FENCE.findall(page) if kind == "toml" and "[[case]]" in block]
    for case in cases:
        (folder / "kasus.toml").write_text(case, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("JCLI_ACTOR", "rina")
    chosen = BASE.search(page)
    monkeypatch.setenv("JCLI_DB", chosen[1] if chosen else "kota.db")


def run(example: Example, language: str, jcli: Run) -> Ran:
    """Run an example; a fix-file comes back from its department corrected."""
    fix_file = Path("perbaiki.xlsx")
    if example.arguments == ["import", fix_file.name]:
        book = openpyxl.load_workbook(fix_file)
        book.worksheets[0]["B2"] = NIK_FROM_THE_CARD
        book.save(fix_file)
    return jcli("--today", example.day, "--lang", language, *example.arguments)
