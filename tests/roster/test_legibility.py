"""A column of which too much cannot be read is named, whoever reads the list."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jamsostek_cli.roster.legibility import IllegibleColumn
from jamsostek_cli.roster.reading import Roster
from tests.conftest import Office
from tests.support.workbooks import xlsx

HEAD = ("NIK", "NAMA", "TGL LAHIR", "NO HP", "RT", "KELURAHAN")


def people(count: int, **cells: str) -> list[list[str]]:
    given = {"TGL LAHIR": "17-08-1985", "NO HP": "081255501101", "RT": "5", "KELURAHAN": "Guntung"} | cells
    return [[f"64740117088570{at:02}", "RUDI HARTONO", *given.values()] for at in range(1, count + 1)]


@pytest.mark.parametrize(
    ("heading", "cell", "field"),
    [
        ("TGL LAHIR", "entah", "birth_date"),
        ("NO HP", "123", "phone"),
        ("RT", "lima", "rt"),
        ("RT", "2026-02-05", "rt"),
        ("KELURAHAN", "Kampung Baru", "kelurahan"),
        ("KELURAHAN", "#N/A", "kelurahan"),
    ],
)
def test_a_column_of_which_more_than_a_fifth_cannot_be_read(
    reading: Callable[[Path], Roster], tmp_path: Path, heading: str, cell: str, field: str
) -> None:
    bad = people(3, **{heading: cell})
    more = {"A": [HEAD, *bad, *people(12)], "B": [HEAD, *bad, *people(20)]}
    few = reading(xlsx(tmp_path / "few.xlsx", more))
    many = reading(xlsx(tmp_path / "many.xlsx", {"A": [HEAD, *bad, *people(11)], "B": [HEAD, *people(5)]}))

    assert [sheet.illegible for sheet in few.sheets] == [(), ()]
    assert [list(sheet.illegible) for sheet in many.sheets] == [[IllegibleColumn(field, heading, 14, 3)], []]


def test_blank_cells_and_words_for_nothing_are_not_counted(
    reading: Callable[[Path], Roster], tmp_path: Path
) -> None:
    rows = [HEAD, *people(3, RT="lima"), *people(20, RT="-"), *people(20, RT=""), *people(9, RT="tidak ada")]

    roster = reading(xlsx(tmp_path / "a.xlsx", {"A": rows}))

    assert list(roster.sheets[0].illegible) == [IllegibleColumn("rt", "RT", 3, 3)]


def test_two_bad_cells_are_slips(reading: Callable[[Path], Roster], tmp_path: Path) -> None:
    roster = reading(xlsx(tmp_path / "a.xlsx", {"A": [HEAD, *people(2, RT="lima")]}))

    assert roster.sheets[0].illegible == ()


def test_an_import_says_so_and_asks_for_a_person(office: Office, tmp_path: Path) -> None:
    rows = [[*row[:3], "12", *row[4:]] for row in people(4)]
    for at, row in enumerate(rows):
        row[1] = ("RUDI HARTONO", "EKO PUTRA", "BASTIAN", "ZAINAL")[at]
    path = xlsx(tmp_path / "a.xlsx", {"A": [HEAD, *rows]})

    tried = office("import", path, "--dry-run")
    ran = office("import", path, "--json")

    assert (tried.code, ran.code) == (3, 3)
    assert 'kolom "NO HP": 4 dari 4' in tried.err + tried.out
    sheet = ran.json["data"]["files"][0]["sheets"][0]
    assert sheet["illegible_columns"] == [{"field": "phone", "heading": "NO HP", "filled": 4, "unread": 4}]
