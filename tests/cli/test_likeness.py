"""Who may be one person, both by name: on a terminal in one look, in files a fact in each column."""

import csv
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from tests.conftest import Office, person

Rosters = Callable[..., Path]


class Window(StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def twice(office: Office, roster: Rosters) -> Office:
    """An office with one pair: the record that came first has the higher NIK, the other no kelurahan."""
    nik, name, *rest = person(1, name="RUSLI HAKIM", born="1971-03-02")
    later = str(nik)
    first = f"{later[:-3]}9{later[-2:]}"
    born, sex, _kelurahan, *more = rest
    office.ok("import", roster([(first, name, *rest)]))
    office.ok("import", roster([(later, "RUSLI HAKIEM", born, sex, "", *more)], "b.xlsx"))
    return office


def test_a_pair_names_both_and_each_has_the_number_that_is_its_own(twice: Office) -> None:
    ran = twice("worker", "duplicates", "--json")
    (pair,) = ran.json["data"]
    assert ran.code == 3
    assert list(pair) == [
        *("worker", "other_worker", "nik", "other_nik", "score", "reasons", "batch"),
        *("name", "other_name", "kelurahan", "other_kelurahan", "birth_year", "other_birth_year"),
    ]  # fmt: skip
    niks = dict(twice.rows("SELECT number, nik FROM v_worker"))
    assert (pair["nik"][-4:], pair["other_nik"][-4:]) == (niks["P-000001"][-4:], niks["P-000002"][-4:])
    assert pair["nik"][-4:] > pair["other_nik"][-4:]
    assert (pair["name"], pair["other_name"]) == ("RUSLI HAKIM", "RUSLI HAKIEM")
    assert (pair["kelurahan"], pair["other_kelurahan"]) == ("Guntung", None)
    assert pair["birth_year"] == pair["other_birth_year"] == "1971"


def test_a_narrow_terminal_shows_both_people_whole(twice: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    window = Window()
    monkeypatch.setattr(sys, "stdout", window)
    twice("worker", "duplicates")
    drawn = window.getvalue()
    assert max(len(line.rstrip()) for line in drawn.splitlines()) <= 80, drawn
    assert "───" in drawn
    words = drawn.split()
    for said in ("P-000001", "HAKIM,", "Guntung,", "P-000002", "HAKIEM,", "diketahui,", "1971"):
        assert said in words, drawn
    assert "tidak muat" not in drawn


def test_a_pipe_and_a_file_have_a_fact_in_each_column_the_file_in_words(
    twice: Office, tmp_path: Path
) -> None:
    piped = twice("worker", "duplicates")
    head, row = (line.split("\t") for line in piped.out.splitlines())
    assert head[:4] == ["worker", "name", "kelurahan", "birth_year"]
    assert dict(zip(head, row, strict=True))["other_name"] == "RUSLI HAKIEM"
    assert "jcli review" in piped.err
    assert twice("worker", "duplicates", "-o", tmp_path / "ganda.csv").code == 3
    written = csv.DictReader(
        (tmp_path / "ganda.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"
    )
    (pair,) = written
    assert (pair["Nama"], pair["Nama lain"], pair["Tahun lahir"]) == ("RUSLI HAKIM", "RUSLI HAKIEM", "1971")
    assert "tanggal lahir sama" in pair["Sebab"]


def test_no_pair_is_a_sentence(office: Office) -> None:
    ran = office("worker", "duplicates")
    assert (ran.code, ran.out) == (0, "Tidak ada pasangan yang menunggu keputusan.\n")
    assert office.ok("worker", "duplicates") == []
