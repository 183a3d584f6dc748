"""The container of old workbooks, sound and broken."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.roster.files.excel.compound import Compound
from tests.support.workbooks import END, FREE, compound, container

STREAM = bytes(range(256)) * 20


def test_a_stream_in_sectors_and_in_pieces() -> None:
    for size, small in ((5000, False), (3000, True)):
        found = Compound(compound(STREAM[:size], small=small))

        assert "workbook" in found
        assert found.stream("workbook") == found.workbook() == STREAM[:size]
        assert not found.is_another_document
    assert Compound(compound(b"abc", "BOOK", small=True)).workbook() == b"abc"


def test_the_root_s_own_workbook_counts_not_that_of_a_table_put_into_it() -> None:
    inner, outer = b"inner".ljust(4096), b"outer".ljust(4096)
    content = container(
        ("MBD0001", 1, FREE, 2, 3, b""), ("Book", 2, FREE, FREE, FREE, outer),
        ("Workbook", 2, FREE, FREE, FREE, inner),
    )  # fmt: skip

    found = Compound(content)

    assert "workbook" not in found
    assert found.workbook() == outer


def test_a_tree_in_which_it_is_not_found() -> None:
    content = container(("Other", 2, FREE, FREE, FREE, STREAM), ("Workbook", 2, FREE, FREE, FREE, STREAM))

    assert Compound(content).workbook() == STREAM


def test_a_tree_that_bites_its_tail() -> None:
    content = container(("A", 2, 1, 2, 1, STREAM), ("Workbook", 2, 1, 2, 1, STREAM))

    assert Compound(content).workbook() == STREAM


@pytest.mark.parametrize("name", ["WordDocument", "PowerPoint Document"])
def test_other_documents_are_told(name: str) -> None:
    content = container((name, 2, FREE, 2, FREE, STREAM), ("Workbook", 2, FREE, FREE, FREE, STREAM))

    assert Compound(content).is_another_document


def test_a_stream_that_is_cut_off() -> None:
    with pytest.raises(ValueError, match="cut off"):
        Compound(compound(STREAM)[:-1024]).workbook()


def test_a_container_without_a_workbook() -> None:
    with pytest.raises(ValueError, match="no workbook"):
        Compound(compound(STREAM, "Other")).workbook()


def test_a_table_that_goes_on_in_a_sector_of_its_own() -> None:
    content = compound(STREAM, more=13)  # the sector after the last of the stream

    assert Compound(content + struct.pack("<128I", *[FREE] * 127, END)).workbook() == STREAM
    assert Compound(content + struct.pack("<128I", *[FREE] * 127, 13)).workbook() == STREAM
    assert Compound(content + b"\xff\xff").workbook() == STREAM


def test_a_chain_that_bites_its_tail_ends() -> None:
    table = bytearray(compound(STREAM))
    table[512 + 3 * 4 : 512 + 4 * 4] = struct.pack("<I", 3)

    assert Compound(bytes(table)).workbook() == STREAM[:512] * 10


@pytest.mark.parametrize("small", [False, True])
@given(at=st.integers(0, 4000), byte=st.integers(0, 255))
def test_damage_ends_in_an_error_or_in_a_stream(at: int, byte: int, *, small: bool) -> None:
    content = bytearray(compound(STREAM, small=small))
    content[at % len(content)] = byte

    try:
        found = Compound(bytes(content)).workbook()
    except (ValueError, LookupError, struct.error):
        return
    assert len(found) <= len(content)
