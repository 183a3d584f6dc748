import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.roster.files.old_excel import look
from jamsostek_cli.roster.files.sheet import MergedCells
from tests.support.workbooks import END, FREE, compound, label, old_sheet, record


def measure(content: bytes) -> int:
    return look(content).cells


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


def test_what_the_reader_does_not_tell() -> None:
    row = struct.Struct("<HHHHHHHH")
    body = (
        label(0, 0, "NIK")
        + record(0x0208, row.pack(1, 0, 1, 0, 0, 0, 0x20, 0))
        + record(0x0208, row.pack(2, 0, 1, 0, 0, 0, 0, 0))
        + record(0x007D, struct.pack("<HHHHHH", 1, 300, 0, 0, 1, 0))
        + record(0x007D, struct.pack("<HHHHHH", 0, 0, 0, 0, 0, 0))
        + record(0x00E5, struct.pack("<HHHHHHHHH", 2, 1, 3, 0, 0, 5, 5, 0, 1))
        + record(0x0205, struct.pack("<HHHBB", 1, 2, 0, 0x17, 1))
        + record(0x0205, struct.pack("<HHHBB", 1, 3, 0, 1, 0))
        + record(0x0006, struct.pack("<HHHBBBBBBH", 1, 4, 0, 2, 0, 0x99, 0, 0, 0, 0xFFFF) + bytes(8))
        + record(0x0006, struct.pack("<HHHd", 1, 5, 0, 1.0) + bytes(8))
    )
    book = old_sheet(body)
    at = book.index(struct.pack("<HH", 0x0085, 14))
    dated = book[:at] + record(0x0022, b"\1\0") + book[at:]
    moved = dated.replace(struct.pack("<I", at_of_sheet(book)), struct.pack("<I", at_of_sheet(book) + 6), 1)

    found = look(compound(moved))

    sheet = found.sheets[0]
    assert found.since_1904
    assert (sheet.rows, sheet.columns) == ({2}, set(range(1, 256)))
    assert sheet.merged == [MergedCells(0, 2, 4)]
    assert sheet.errors == {2: [(2, "#REF!"), (4, "#N/A")]}


def at_of_sheet(book: bytes) -> int:
    (start,) = struct.unpack_from("<I", book, book.index(struct.pack("<HH", 0x0085, 14)) + 4)
    return int(start)
