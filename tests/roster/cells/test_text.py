import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.roster.cells.text import LONGEST, Cell, clean, line, text_of


@given(st.text(st.characters(codec=None)))
def test_clean_text_is_clean_for_good(text: str) -> None:
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == " ".join(cleaned.split())
    assert {unicodedata.category(char) for char in cleaned}.isdisjoint({"Cc", "Cf", "Cs"})


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("SITI", "SITI"),
        ("  SITI   NUR ", "SITI NUR"),
        ("SITI\nNUR\tAINI", "SITI NUR AINI"),
        ("SITI\xa0NUR", "SITI NUR"),
        ("\u202eSITI\u200b \ud800[ALM]", "SITI [ALM]"),
        ("Rene\u0301", "Ren\xe9"),
        ("NA", "NA"),
    ],
)
def test_what_nobody_sees_goes_and_the_rest_stays(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("cell", "shown"), [(21.0, "21"), (2.5, "2.5"), (7, "7"), (True, "True"), (" a  b", "a b")]
)
def test_every_cell_has_a_text(cell: Cell, shown: str) -> None:
    assert text_of(cell) == shown


@pytest.mark.parametrize("nothing", ["", " ", "-", "--", " - ", "\u2014", "...", "#N/A", "#REF!", "?"])
def test_a_dash_and_a_broken_formula_are_nothing(nothing: str) -> None:
    assert line(nothing) == ""


def test_a_line_is_upper_case_and_not_endless() -> None:
    assert line("hasanah, S.Pd") == "HASANAH, S.PD"
    assert line("(alm) ma'ruf") == "(ALM) MA'RUF"
    assert len(line("x" * 1000)) == LONGEST
    assert line(12.0) == "12"


def test_only_the_beginning_of_an_endless_text_is_looked_at() -> None:
    assert len(clean("x" * 100_000)) == 1_000
    assert len(clean("\xe9" * 100_000)) == 1_000
