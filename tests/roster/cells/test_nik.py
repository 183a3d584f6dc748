import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.roster.cells.nik import LENGTH, FromNik, faults, inside, read_digits
from jamsostek_cli.roster.cells.text import Cell
from tests.support.workbooks import MAN, TODAY, WOMAN


@pytest.mark.parametrize(
    "text",
    [
        "64.7401.170885.7001",
        "6474 0117 0885 7001",
        "647401-170885-7001",
        f"'{MAN}",
        f"\u2019{MAN}",
        f"`{MAN}",
        f"{MAN}.",
        f"{MAN}\xa0",
        f"\u200b{MAN}",
        f"\ufeff{MAN}",
        f"\t{MAN}",
        f"NIK: {MAN}",
        f"NIK {MAN}",
        f"No. KTP : {MAN}",
        f'="{MAN}"',
        f"{MAN}.0",
        f"{MAN},00",
        "64740117\n08857001",
        "".join(chr(ord(digit) + 0xFEE0) for digit in MAN),
    ],
)
def test_writing_habits_are_tidied(text: str) -> None:
    assert read_digits(text) == (MAN, ("nik_reformatted",))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "nik_missing"),
        ("-", "nik_missing"),
        ("0", "nik_missing"),
        (0.0, "nik_missing"),
        ("belum ada", "nik_missing"),
        ("PROSES PEREKAMAN", "nik_missing"),
        ("#N/A", "nik_missing"),
        ("X", "nik_missing"),
        ("TEMP-65f1c2ab", "nik_not_numeric"),
        ("X1234567", "nik_not_numeric"),
        ("647401170885700O", "nik_not_numeric"),
        (True, "nik_not_numeric"),
        (-5.0, "nik_not_numeric"),
        (1.5, "nik_not_numeric"),
        ("2024-01-01", "nik_not_numeric"),
        ("6.47401E+15", "nik_precision_lost"),
        ("6,47401E+15", "nik_precision_lost"),
        (6474011708857000.0, "nik_precision_lost"),
        (9271011412807331.0, "nik_precision_lost"),
        ("647401170885700", "nik_length"),
        ("197001011990031001", "nik_length"),
        (328000022.0, "nik_length"),
        (123456789012, "nik_length"),
        (f"{MAN} / {WOMAN}", "nik_ambiguous"),
        ("647401xxxxxx7001", "nik_masked"),
        ("64740***********", "nik_masked"),
        ("****************", "nik_masked"),
    ],
)
def test_what_is_no_nik_says_why(cell: Cell, code: str) -> None:
    assert read_digits(cell) == (None, (code,))


def test_a_number_is_taken_when_every_digit_is_sure() -> None:
    assert read_digits(6474011708857001) == ("6474011708857001", ("nik_numeric_cell",))
    assert read_digits(9271011412807331) == ("9271011412807331", ("nik_numeric_cell",))
    assert read_digits(9271011412807330).codes == ("nik_precision_lost",)
    assert read_digits(9271011412807332.0).codes == ("nik_precision_lost",)
    assert read_digits(64740117088570011).codes == ("nik_length",)


@given(st.from_regex(r"[0-9]{16}", fullmatch=True), st.sampled_from([" ", ".", "-", "\xa0", "\u200b", "\n"]))
def test_separators_never_change_a_digit(nik: str, sign: str) -> None:
    assert read_digits(sign.join((nik[:6], nik[6:12], nik[12:]))).digits == nik


@given(st.one_of(st.text(), st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 10**18)))
def test_there_are_sixteen_digits_or_a_reason(cell: Cell) -> None:
    digits, codes = read_digits(cell)

    assert digits is None or (len(digits) == LENGTH and digits.isascii() and digits.isdigit())
    assert digits or codes


@pytest.mark.parametrize(
    ("nik", "codes"),
    [
        (MAN, ()),
        ("6474011708850000", ("nik_serial_zero",)),
        ("6474022902990000", ("nik_date_invalid", "nik_serial_zero")),
        ("1111111111111111", ("nik_placeholder",)),
        ("1234567890123456", ("nik_placeholder",)),
    ],
)
def test_sixteen_digits_may_still_be_no_nik(nik: str, codes: tuple[str, ...]) -> None:
    assert faults(nik, dated=inside(nik, TODAY) is not None) == codes


def test_birth_date_and_sex_stand_inside() -> None:
    assert inside(WOMAN, TODAY) == ("1990-03-12", "P")
    assert inside("6474024508857005", TODAY) == ("1985-08-05", "P")
    assert inside("6474028508857005", TODAY) is None
    assert all(isinstance(value, FromNik) for value in inside(MAN, TODAY) or ())
