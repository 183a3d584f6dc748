"""`jcli help`: the pages in the reader's language, and what each code means."""

import pytest
from typer.main import get_command

from jamsostek_cli import manual
from jamsostek_cli.cli.frame.app import app
from jamsostek_cli.cli.frame.near import INDONESIAN, near
from jamsostek_cli.errors import ERRORS, ExitStatus
from jamsostek_cli.messages import LANGUAGES
from tests.cli.frame.test_main import on_a_terminal
from tests.conftest import Office, Run
from tests.support.command_reference import commands


def test_without_a_subject_the_pages_are_listed(jcli: Run) -> None:
    listed = jcli("help", "--json")
    assert listed.json["schema"] == "jcli.help-topics/1"
    assert [row["topic"] for row in listed.data] == [*manual.TOPICS, "exit-codes", "errors", "findings"]
    assert "what every error means" in jcli("help", "--lang", "en").out
    assert "jcli help E208" in jcli("help").err
    assert "galat" in jcli("help", "tidakada").err


@pytest.mark.parametrize("name", ["kode-keluar", "galat", "temuan"])
def test_the_pages_of_codes_have_indonesian_names(jcli: Run, name: str) -> None:
    english = {"kode-keluar": "exit-codes", "galat": "errors", "temuan": "findings"}[name]
    assert jcli("help", name).out == jcli("help", english).out


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_comes_as_it_is_written_in_a_pipe_and_as_json(jcli: Run, language: str) -> None:
    for topic in manual.TOPICS:
        page = manual.page(topic, language)
        assert jcli("help", topic, "--lang", language).out == page
        envelope = jcli("help", topic, "--lang", language, "--json")
        assert envelope.json["schema"] == "jcli.help-page/1"
        assert envelope.data == {"topic": topic, "language": language, "text": page}


def test_a_page_is_drawn_on_a_terminal(jcli: Run) -> None:
    code, shown = on_a_terminal(["help", "iuran"], env={"COLUMNS": "80", "JCLI_LANG": "id", "NO_COLOR": "1"})
    lines = shown.splitlines()
    assert code == 0
    assert lines[0].strip() == "Iuran"
    assert max(map(len, lines)) <= 80
    assert "`" not in shown
    assert "**" not in shown
    code, asked = on_a_terminal(["help", "iuran", "--json"])
    assert asked.startswith('{"schema": "jcli.help-page/1"')
    assert jcli("--quiet", "help", "iuran").out == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_a_narrow_terminal(jcli: Run, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    for topic in manual.TOPICS:
        drawn = jcli("help", topic, "--lang", language).out
        assert max(map(len, drawn.splitlines())) <= 80, topic
        assert drawn.count("…") == manual.page(topic, language).count("…"), f"{topic}: something is cut off"


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        (("import",), "roster"),
        (("batch",), "roster"),
        (("jcli", "import"), "roster"),
        (("worker", "merge"), "review"),
        (("worker", "death"), "claim"),
        (("iuran", "budget", "set"), "iuran"),
        (("verify",), "claim"),
        (("db", "calendar"), "file"),
    ],
)
def test_a_command_has_its_page(jcli: Run, typed: tuple[str, ...], topic: str) -> None:
    ran = jcli("help", *typed)
    assert ran.code == 0
    assert ran.out == manual.page(topic, "id")
    assert f"dijelaskan di halaman {topic}" in ran.err


def test_every_code_is_explained_by_its_kind(office: Office) -> None:
    assert [row["exit"] for row in office.ok("help", "exit-codes")] == [int(status) for status in ExitStatus]
    assert [row["code"] for row in office.ok("help", "errors")] == sorted(ERRORS)
    findings = office("--lang", "en", "help", "findings", "--json").data
    assert {"nik_missing", "possible_same_person"} <= {row["code"] for row in findings}


def test_a_code_needs_no_kind(office: Office) -> None:
    error = office.json_of("help", "e208")
    assert error["schema"] == "jcli.help-errors/1"
    assert error["data"] == office.ok("help", "errors", "E208")
    assert (error["data"][0]["exit"], error["data"][0]["meaning"]) == (1, "… sudah diimpor pada … sebagai …")
    finding = office.json_of("help", "NIK_LENGTH")
    assert finding["schema"] == "jcli.help-findings/1"
    assert [row["code"] for row in finding["data"]] == ["nik_length"]
    assert "RUDI HARTONO" in office("help", "nik_length").out
    assert office.ok("help", "65") == office.ok("help", "exit-codes", "65")
    assert office("help", "errors", "E999").error == "E302"


def test_what_is_meant_by_an_indonesian_word_exists() -> None:
    paths = [path for path, _ in commands(get_command(app))]
    words = {word for path in paths for word in path.split()}
    beginnings = {" ".join(path.split()[:count]) for path in paths for count in (1, 2, 3)}
    for word, meant in INDONESIAN.items():
        for command in meant:
            assert command in (beginnings if " " in command else words), (word, command)
        assert near(word, words | {command for command in meant if " " in command}), word
