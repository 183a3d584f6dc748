"""A file that cannot be read says what is wrong with it, each kind in a sentence of its own."""

import os
import sqlite3
from pathlib import Path

import pytest

from jamsostek_cli.messages import LANGUAGES, catalogue
from jamsostek_cli.store.file.unreadable import Unreadable, fault_of
from tests.conftest import Office


def empty(path: Path) -> None:
    path.write_bytes(b"")


def encrypted(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def another_kind(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 a workbook")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_in_the_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def of_another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[105:4096] = b"\xff" * 3991
    path.write_bytes(content)


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_sentence_and_the_file_stays(office: Office, language: str) -> None:
    whole = office.path.read_bytes()
    said: dict[str, str] = {}
    faults = (
        (empty, "E102", Unreadable.EMPTY),
        (encrypted, "E102", Unreadable.NO_SQLITE),
        (another_kind, "E102", Unreadable.NO_SQLITE),
        (of_another_program, "E102", Unreadable.OTHER_PROGRAM),
        (cut_short, "E109", Unreadable.CUT_SHORT),
        (cut_in_the_header, "E109", Unreadable.CUT_SHORT),
        (damaged, "E109", None),
        (newer, "E103", None),
    )
    for damage, code, fault in faults:
        office.path.write_bytes(whole)
        damage(office.path)
        left = office.path.read_bytes()
        for command in (
            ("status",),
            ("agency", "list"),
            ("db", "workday", "2028-02-25", "no", "--reason", "x"),
        ):
            ran = office("--lang", language, *command)
            assert (ran.error, ran.out) == (code, ""), (damage, ran)
        assert office.path.read_bytes() == left, damage
        said[damage.__name__] = ran.err.splitlines()[0]
        wanted = catalogue(language)[code if fault is None else f"unreadable.{fault}"]
        assert wanted.partition("{path}")[2].partition("{")[0] in ran.err
    assert len(set(said.values())) == len(faults) - 2


def test_nothing_is_said_of_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fault_of(tmp_path, ours=True) is None
    (tmp_path / "x.db").touch()

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", forbidden)
    assert fault_of(tmp_path / "x.db", ours=True) is None
