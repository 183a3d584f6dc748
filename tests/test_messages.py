"""Both catalogues are complete, agree on their placeholders, and say nothing nobody asks for."""

import importlib
import pkgutil
import re
import string
from enum import StrEnum
from pathlib import Path

import pytest

import jamsostek_cli
from jamsostek_cli import messages
from jamsostek_cli.domain.iuran import Programme
from jamsostek_cli.errors import ERRORS, ExitStatus
from jamsostek_cli.messages import LANGUAGES, catalogue, figures
from jamsostek_cli.reports.coverage.count import DIMENSIONS
from jamsostek_cli.reports.registry import REPORTS
from jamsostek_cli.rules.scholarship import Level
from jamsostek_cli.tables.table import Kind
from jamsostek_cli.tables.wording import kind_of

CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in Path(jamsostek_cli.__file__).parent.rglob("*.py")
    if path.parent.name != "messages"
)


def said_by_name() -> set[str]:
    """Return the keys that stand in the code as they are, and those made from data."""
    keys = set(re.findall(r'\btext\(\s*"([a-z_]+\.[\w.]+|version)"', CODE)) | set(
        re.findall(r'group\("([\w.]+)"', CODE)
    )
    keys |= set(re.findall(r'scene\("([\w.]+)"', CODE))
    keys |= {
        f"next.{step}" for step in re.findall(r'"(import|enrol|pay|verify|iuran|doubtful|report)"', CODE)
    }
    keys |= {f"col.{key}" for key in re.findall(r'Column\("(\w+)"', CODE)}
    keys |= {f"table.{key}" for key in re.findall(r'Table(?:\(\s*key=|\.of\(\s*)"(\w+)"', CODE)}
    keys |= {f"note.{key}" for key in re.findall(r'Note\(key="(\w+)"', CODE)}
    keys |= {f"fig.{key}" for key in re.findall(r'Figure\("(\w+)"', CODE)}
    keys |= {f"table.by_{dimension}" for dimension in DIMENSIONS} | {f"col.{d}" for d in DIMENSIONS}
    keys |= {f"report.{name}" for name in REPORTS} | {f"help.report_{name}" for name in REPORTS}
    keys |= {f"exit.{status.name.lower()}" for status in ExitStatus}
    keys |= set(ERRORS) | {f"{code}.hint" for code in ERRORS}
    return keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_said_by_name_has_a_message(language: str) -> None:
    assert said_by_name() - set(catalogue(language)) == set()


def test_the_catalogues_have_the_same_keys_and_placeholders() -> None:
    indonesian, english = catalogue("id"), catalogue("en")
    assert list(indonesian) == list(english)
    for key, message in indonesian.items():
        wanted, got = (
            {name for _, name, _, _ in string.Formatter().parse(t) if name} for t in (message, english[key])
        )
        assert wanted == got, key


def test_what_one_catalogue_counts_the_other_counts_too() -> None:
    """A message that is followed by what is counted refuses a plain number in either language."""
    for key, message in catalogue("id").items():
        counted, also = (
            {name for _, name, form, _ in string.Formatter().parse(t) if form}
            for t in (message, catalogue("en")[key])
        )
        assert counted == also, key


def test_one_row_is_a_row_and_two_are_rows() -> None:
    messages.use("en")
    assert messages.text("say.fix_file", path="x.xlsx", rows=figures.count(1)) == "x.xlsx: 1 row to put right"
    two = messages.text("say.fix_file", path="x.xlsx", rows=figures.count(1_002))
    assert two == "x.xlsx: 1,002 rows to put right"
    messages.use("id")
    seribu = messages.text("say.fix_file", path="x.xlsx", rows=figures.count(1_002))
    assert seribu == "x.xlsx: 1.002 baris untuk diperbaiki"


def test_no_message_is_empty_and_none_but_terms_stays_untranslated() -> None:
    same = {key for key, message in catalogue("id").items() if message == catalogue("en")[key]}
    assert not [
        key for key in same if key.startswith(("E", "say.", "note.", "help.", "opt.", "ask."))
    ] or all(catalogue("id")[key].count(" ") < 12 for key in same)
    assert all(message.strip() for message in catalogue("id").values())


def enumerations() -> list[type[StrEnum]]:
    """Return every enumeration of the program."""
    for module in pkgutil.walk_packages(jamsostek_cli.__path__, "jamsostek_cli."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return [known for known in StrEnum.__subclasses__() if known.__module__.startswith("jamsostek_cli.")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_reason_has_a_word_of_the_office(language: str) -> None:
    shown = [known for known in enumerations() if known not in {Kind, Level, Programme}]
    wanted = {f"{kind_of(known)}.{member.value}" for known in shown for member in known}
    assert {"payer.apbd-kota", "claim_state.paid", "end_reason.employed"} <= wanted
    assert wanted - set(catalogue(language)) == set()


def test_every_code_raised_is_declared_and_every_code_declared_is_raised() -> None:
    raised = set(re.findall(r'"(E\d{3})"', CODE.replace(Path(jamsostek_cli.__file__).name, "")))
    assert raised - set(ERRORS) == set()
    used = set(re.findall(r'(?:JcliError\(|code = |raise|else|if|, )\s*"(E\d{3})"', CODE))
    assert set(ERRORS) - used == set()


def test_figures_follow_the_language() -> None:
    assert figures.rupiah(-42_000_000) == "-Rp42.000.000"
    assert figures.share(0.95109) == "95,11%"
    assert figures.day("2025-12-03") == "3 Desember 2025"
    assert figures.period("2025-07") == "Juli 2025"
    messages.use("en")
    assert messages.language() == "en"
    assert figures.rupiah(42_000_000) == "Rp42,000,000"
    assert figures.share(0.95109) == "95.11%"
    assert figures.period("2025") == "2025"
