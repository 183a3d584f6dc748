import datetime

import pytest

from jamsostek_cli.domain import nik
from jamsostek_cli.domain.nik import Nik

TODAY = datetime.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("digits", "born"),
    [
        ("6474014904057630", "2005-04-09"),
        ("6474011708850001", "1985-08-17"),
        ("6474010101260001", "1926-01-01"),
        ("6474010201260001", "1926-01-02"),
        ("6474010101200001", "2020-01-01"),
        ("6474012902000001", "2000-02-29"),
        ("6474012902990001", None),
        ("6474018508890001", None),
        ("6474010013890001", None),
    ],
)
def test_the_birth_date_inside_a_nik(digits: str, born: str | None) -> None:
    found = nik.birth_date(digits, TODAY)
    assert (None if found is None else found.isoformat()) == born


def test_nobody_is_born_tomorrow() -> None:
    leap = "6474012902000001"  # 29 February: 1900 had none
    assert nik.birth_date(leap, datetime.date(2000, 2, 28)) is None
    assert nik.birth_date(leap, datetime.date(2000, 2, 29)) == datetime.date(2000, 2, 29)


def test_a_nik_tells_the_sex_and_hides_itself() -> None:
    assert (nik.sex("6474015708850001"), nik.sex("6474011708850001")) == ("P", "L")
    assert Nik.parse("6474.0117 0885 0001").masked == "6474••••••••0001"


SIGNS = (
    *(
        " ",
        ".",
        "-",
        "/",
        "_",
        "'",
        "\u2019",
        "\u00a0",
        "\u202f",
        "\u200b",
        "\u00ad",
        "\ufeff",
        "\u2013",
        "\t",
    ),
    *("\n", " - ", ", ", "*", "|", ":", "\u0301", "    "),
)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("sizes", [(1,) * 16, (4,) * 4, (6, 6, 4), (2, 2, 2, 6, 4), (15, 1)])
def test_a_nik_is_hidden_whatever_stands_between_its_digits(sign: str, sizes: tuple[int, ...]) -> None:
    digits = iter("6474011708850001")
    written = sign.join("".join(next(digits) for _ in range(size)) for size in sizes)
    assert nik.hidden(f"NIK {written} ganda") == "NIK 6474••••••••0001 ganda"
    assert nik.hidden(written) == "6474••••••••0001"


@pytest.mark.parametrize("zero", ["\uff10", "\u0660", "\u06f0", "\u0966", "\U0001d7ce"])
def test_digits_of_other_scripts_are_digits(zero: str) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in "6474011708850001")
    assert nik.hidden(f"\u201c{written}\u201d ½") == "\u201c6474••••••••0001\u201d ½"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("1. 6474011708850001, 6474011708850002", "1. 6474••••••••0001, 6474••••••••0002"),
        ("KPJ 24012345678 6474011708850001", "KPJ 24012345678 6474••••••••0001"),
        ("6474011708850001 sejak 2025-01-26", "6474••••••••0001 sejak 2025-01-26"),
        ("6474011708850001 2025-01-26", "6474••••••••0001 2025-01-26"),
        ("16474 0117 0885 0001", "16474••••••••0001"),
        ("64740117088500012", "6474••••••••0012"),
        ("2025-01-01 - 2025-12-31", "2025-01-01 - 2025-12-31"),
        ("31/01/2025–01.12.2026", "31/01/2025–01.12.2026"),
        ("daftar 20250101_20251231", "daftar 20250101_20251231"),
        ("11012025 12012025", "1101••••••••2025"),
        ("KPJ 24012345678, Rp16.800, 25 orang", "KPJ 24012345678, Rp16.800, 25 orang"),
        (
            "cadangan/jcli-64.74-01234567-20250804T180000-12-0123456789012345.db.gz, 6474011708850001",
            "cadangan/jcli-64.74-01234567-20250804T180000-12-0123456789012345.db.gz, 6474••••••••0001",
        ),
        ("", ""),
    ],
)
def test_only_niks_are_hidden(said: str, shown: str) -> None:
    assert nik.hidden(said) == shown
