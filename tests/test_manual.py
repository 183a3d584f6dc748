"""The manual says what the program does: every command has its place, and every example runs."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli import manual
from jamsostek_cli.errors import ERRORS
from jamsostek_cli.messages import LANGUAGES, catalogue
from jamsostek_cli.roster.findings import FINDINGS
from tests.conftest import ROOT, Run, environment
from tests.support.examples import FENCE, examples, prepare, run
from tests.support.spoken import OPTIONS_OF_WORDS

FOLDER = Path(manual.__file__).parent
LISTED = re.compile(r"(?<=<!-- commands -->\n).*?(?=<!-- /commands -->\n)", re.DOTALL)
"""The part of a page that is made from the command tree."""
EVERY_PAGE = [(topic, language) for topic in manual.TOPICS for language in LANGUAGES]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def source(topic: str, language: str) -> str:
    """Return a page as it is kept."""
    return (FOLDER / f"{topic}.{language}.md").read_text(encoding="utf-8")


def written(topic: str, language: str) -> str:
    """Return what somebody wrote of a page: without the part that is made from the command tree."""
    return LISTED.sub("", source(topic, language))


@pytest.fixture(scope="module", params=LANGUAGES)
def tree(request: pytest.FixtureRequest) -> tuple[str, Any]:
    """A language, and what the command tree says in it."""
    command = [sys.executable, "-m", "tests.support.command_reference", request.param]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment({"PYTHONIOENCODING": "utf-8"})
    )
    return request.param, json.loads(ran.stdout)


def test_the_commands_of_a_page_are_those_of_the_program(
    tree: tuple[str, Any], request: pytest.FixtureRequest
) -> None:
    language, program = tree
    for topic, listed in program["pages"].items():
        page = source(topic, language)
        if LISTED.search(page) is None:
            assert listed.count("\n") == 1, f"{topic} has commands, and no place for them"
            continue
        if request.config.getoption("--update-golden"):
            page = LISTED.sub(listed.replace("\\", r"\\"), page)
            (FOLDER / f"{topic}.{language}.md").write_text(page, encoding="utf-8")
        assert listed in page, f"{topic}.{language}: pytest tests/test_manual.py --update-golden"


def test_every_command_is_told_of_in_words_too(tree: tuple[str, Any]) -> None:
    language, program = tree
    for command in program["commands"]:
        topic = manual.topic_of(command)
        assert topic is not None, command
        pattern = rf"jcli (?:--\w+ \S+ )*{command}(?![\w-])"
        assert re.search(pattern, written(topic, language)), (topic, language, command)


def test_the_global_options_stand_on_the_first_page() -> None:
    from typer.main import get_command

    from jamsostek_cli.cli.frame.app import app

    for language in LANGUAGES:
        page = written("start", language)
        for parameter in get_command(app).params:
            assert all(f"`{option}" in page for option in parameter.opts), parameter.opts


def without_words(arguments: Sequence[str]) -> list[str]:
    """Return a command without what each language says in words of its own: reasons, and words of a list."""
    before = ("", *arguments)
    return [
        word
        for last, word in zip(before, arguments, strict=False)
        if " " not in word and last not in {*OPTIONS_OF_WORDS, "--status", "--map"}
    ]


QUICK_PAGES = [("start", "id")]
"""Whose examples run with every test; those of the others in the gate, where they meet faults, too."""


@pytest.mark.parametrize("topic", manual.TOPICS)
def test_both_languages_show_the_same_examples(topic: str) -> None:
    indonesian, english = (examples(source(topic, language)) for language in ("id", "en"))
    assert [without_words(each.arguments) for each in indonesian] == [
        without_words(each.arguments) for each in english
    ]
    assert [each.day for each in indonesian] == [each.day for each in english]
    assert len(indonesian) > 0


@pytest.mark.parametrize(
    ("topic", "language"),
    [pytest.param(*page, marks=[] if page in QUICK_PAGES else [pytest.mark.long]) for page in EVERY_PAGE],
)
def test_every_example_runs(
    topic: str, language: str, jcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = source(topic, language)
    assert {kind for kind, _ in FENCE.findall(page)} <= {"console", "text", "sh", "toml", "python"}
    prepare(page, tmp_path, monkeypatch)
    for example in examples(page):
        ran = run(example, language, jcli)
        assert ran.code in {0, 3}, (example, ran.err)


@pytest.mark.parametrize(("topic", "language"), EVERY_PAGE)
def test_a_page_points_only_where_something_is(topic: str, language: str) -> None:
    page = source(topic, language)
    codes = {*manual.TOPICS, "exit-codes", "errors", "findings", *ERRORS, *FINDINGS}
    pointed = set(re.findall(r"jcli help ([a-zE][\w-]*)", page))
    assert pointed <= codes, pointed - codes
    assert set(re.findall(r"\bE\d{3}\b", page)) <= set(ERRORS)
    assert page.startswith("# ")
    assert f"topic.{topic}" in catalogue(language)


def test_the_pages_travel_with_the_package_and_no_other_lies_there() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == {f"{t}.{lang}.md" for t, lang in EVERY_PAGE}
    for topic, language in EVERY_PAGE:
        assert manual.page(topic, language) == source(topic, language)


def test_readme_fits_on_two_screens_and_names_every_page() -> None:
    assert len(README.splitlines()) <= 130
    for topic in (*manual.TOPICS, "exit-codes", "errors", "findings"):
        assert f"`{topic}`" in README, topic


@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.long)])
def test_the_month_of_readme_happens(
    language: str, jcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(README, tmp_path, monkeypatch)
    typed = examples(README)
    assert len(typed) > 25
    for example in typed:
        ran = run(example, language, jcli)
        assert ran.code in {0, 3}, (example, ran.err)
    claims = jcli("--json", "claim", "list").data
    assert [claim["state"] for claim in claims] == ["paid"]
