"""Names and numbers are found in free texts however they are written, and nothing else is touched."""

import pytest

from jamsostek_cli.store.privacy.needles import Needles, words


@pytest.fixture
def needles() -> Needles:
    found = Needles()
    spared = frozenset({words("SITI AMINAH")})
    found.add(["Zulkarnaen Widodo", "+6281234567890", "SITI", "SITI AMINAH", "1234567"], spared=spared)
    found.add(["ZULKARNAEN WIDODO PUTRA"], spared=spared)
    found.replace_numbers({"6474011708850017": "0000000000000001"})
    return found


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("KTP_zulkarnaen-widodo.pdf", "KTP_-.pdf"),
        ("telepon 0812-3456-7890 pak Zulkarnaen Widodo Putra", "telepon - pak -"),
        ("NIK 6474 0117 0885 0017", "NIK 0000000000000001"),
        ("Zulkarnaen saja, SITI AMINAH, 1234567", "Zulkarnaen saja, SITI AMINAH, 1234567"),
        ("a0812345678901b51ce8f11c97", "a0812345678901b51ce8f11c97"),
    ],
)
def test_what_is_looked_for_is_taken_out(needles: Needles, text: str, left: str) -> None:
    assert needles.taken_from(text) == left


def test_nothing_looked_for_leaves_a_text_as_it_is() -> None:
    assert Needles().taken_from("Zulkarnaen Widodo 081234567890") == "Zulkarnaen Widodo 081234567890"
