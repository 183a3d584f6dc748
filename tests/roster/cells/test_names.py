import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.roster.cells.names import Name, alike, key, words
from jamsostek_cli.roster.people.likeness import Thresholds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PETRUS", "PETRUS, S.E"),
        ("PETRUS", "PETRUS S.PD"),
        ("PETRUS", "DRS. PETRUS M.SI"),
        ("PETRUS LATIF", "PETRUS LATIF SE"),
        ("MUHAMMAD RIDWAN HAKIM", "MUH. RIDWAN HAKIM"),
        ("MUHAMMAD SALEH", "MOH SALEH"),
        ("MUHAMMAD SALEH", "M. SALEH"),
        ("ABDUL RAHMAN", "ABD. RAHMAN"),
        ("SITI NUR HASANAH", "ST. NURHASANAH"),
        ("SITI NUR'AINI", "HJ. SITI NURAINI"),
        ("SITI AMINAH", "SITI AMINAH (ALM)"),
        ("RENE", "REN\xc9"),
    ],
)
def test_degrees_titles_and_short_forms_do_not_count(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("WATI LESTARI", "WATI LESTARI", True),
        ("NI WAYAN ASTUTI", "WAYAN ASTUTI", True),
        ("SITI A.", "SITI AMINAH", True),
        ("RUDI HARTONO", "RUDI HARTOMO", True),
        ("HARTONO RUDI", "RUDI HARTONO", True),
        ("ABIDDIN ZAENAL", "ZAINAL ABIDIN", True),
        ("RUDI", "RUDI HARTONO", True),
        ("RUDI HARTONO", "RUDI", True),
        ("R. H.", "RUDI HARTONO", False),
        ("RIDWAN", "ZAINAL DWI KURNIAWAN", False),
        ("RUDI WATI", "WATI LESTARI RUDI", False),
    ],
)
def test_two_names_under_one_nik(one: str, other: str, *, same: bool) -> None:
    assert alike(one, other) is same


def test_lookalikes_need_more_than_one_word_in_common() -> None:
    assert not Name("RUDI").like(Name("RUDI HARTONO"), Thresholds().name)
    assert Name("NI WAYAN ASTUTI").like(Name("WAYAN ASTUTI"), Thresholds().name)


@pytest.mark.parametrize("name", ["H.", "\u674e", "S", "123"])
def test_every_name_keeps_a_word(name: str) -> None:
    assert words(name)


@given(st.text(min_size=1))
def test_a_name_is_like_itself(name: str) -> None:
    assert alike(name, name)
    assert words(name)
