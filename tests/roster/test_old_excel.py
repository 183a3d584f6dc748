import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.roster.old_excel import measure
from tests.roster.making import END, FREE, compound, label, old_sheet, record

FAR = old_sheet(label(0, 0, "NIK"), label(65535, 255, "x"))


def test_the_rectangle_around_all_cells() -> None:
    assert measure(compound(old_sheet(label(0, 0, "NIK"), label(3, 4, "x"), label(1, 1, "y")))) == 20
    assert measure(compound(FAR)) == 65536 * 256
    assert measure(compound(FAR, "Book")) == 65536 * 256
    assert measure(compound(FAR, small=True)) == 65536 * 256


def test_numbers_in_a_row_reach_to_the_last() -> None:
    numbers = record(0x00BD, struct.pack("<HH6s6sH", 9, 0, b"", b"", 1))

    assert measure(compound(old_sheet(numbers))) == 20


def test_each_sheet_is_measured_on_its_own() -> None:
    assert measure(compound(old_sheet(label(99, 0, "x")) + old_sheet(label(0, 99, "x")))) == 100


def test_a_table_that_goes_on_in_a_sector_of_its_own() -> None:
    content = compound(FAR, more=11)  # the sector after the last of the stream

    assert measure(content + struct.pack("<128I", *[FREE] * 127, END)) == 65536 * 256


def test_chains_that_bite_their_tails_end() -> None:
    content = compound(FAR, more=11)
    assert measure(content + struct.pack("<128I", *[FREE] * 127, 11)) == 65536 * 256
    table = bytearray(compound(FAR))
    table[512 + 3 * 4 : 512 + 4 * 4] = struct.pack("<I", 3)
    assert measure(bytes(table)) == 65536 * 256


def test_what_cannot_be_told_is_nothing() -> None:
    assert measure(compound(FAR, "Other")) == 0
    assert measure(b"") == 0
    assert measure(bytes(2000)) == 0


@pytest.mark.parametrize("small", [False, True])
@given(at=st.integers(0, 4000), byte=st.integers(0, 255))
def test_damage_never_breaks_it(at: int, byte: int, *, small: bool) -> None:
    content = bytearray(compound(FAR, small=small))
    content[at % len(content)] = byte

    assert measure(bytes(content)) >= 0
