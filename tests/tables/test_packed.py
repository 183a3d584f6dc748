"""A long list is kept packed and reads like any other, on the screen, in a pipe and as JSON."""

import datetime
import json
from operator import itemgetter

import pytest

from jamsostek_cli.tables.envelope import written
from jamsostek_cli.tables.packed import Packed, PackedFacts
from jamsostek_cli.tables.table import Column, Kind, Table

MANY = 2345


def packed(many: int) -> Packed[int]:
    return Packed.of(((at, f"'{at}\n\"é") for at in range(many)), lambda part: [at for at, _ in part])


@pytest.mark.parametrize("many", [0, 1, 1000, MANY])
def test_packed_lines_are_those_of_a_list(many: int) -> None:
    lines, listed = packed(many), list(range(many))
    assert list(lines) == list(lines) == listed
    assert len(lines) == many
    for part in (
        slice(5),
        slice(990, 1010),
        slice(-3, None),
        slice(0, None, 7),
        slice(9, 3),
        slice(2000, 2001),
    ):
        assert lines[part] == listed[part]
    assert list(lines.seen(lambda part: map(str, part))) == list(map(str, listed))
    assert [lines[at] for at in (0, -1, many // 2) if many] == [
        listed[at] for at in (0, -1, many // 2) if many
    ]


def test_a_line_that_is_not_there_is_none() -> None:
    with pytest.raises(IndexError):
        packed(3)[3]


def test_parts_are_read_as_they_came() -> None:
    parts = PackedFacts()
    parts.add((at,) for at in range(7))
    parts.add((at,) for at in range(7, MANY))
    assert list(parts) == [(at,) for at in range(MANY)]


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("many", [0, 1, MANY])
def test_json_of_a_long_list_is_that_of_any_list(many: int, indent: int | None) -> None:
    items = Packed.of(((at, f"'{at}\n\"é") for at in range(many)), lambda part: part)
    columns = (Column("number", of=lambda facts: facts[0]), Column("name", of=lambda facts: facts[1]))
    long, plain = (Table.of("x", lines, columns).records() for lines in (items, list(items)))
    told = [
        {"data": {"on": "x", "people": lines, "again": [lines]}, "findings": []} for lines in (long, plain)
    ]
    assert "".join(written(told[0], indent=indent)) == json.dumps(told[1], ensure_ascii=False, indent=indent)


@pytest.mark.parametrize("indent", [None, 2])
def test_json_of_a_long_list_holds_whatever_a_cell_may_hold(indent: int | None) -> None:
    day = datetime.date(2025, 8, 4)
    lines = [('a"\\é\u2028\n', None, 1.5, True, 1, day), (None, "", 0.0, False, -(10**12), None)] * 600
    columns = [Column(f"{at} %s", of=itemgetter(at)) for at in range(6)]
    order = ["5 %s", *(f"{at} %s" for at in range(5))]
    numbered = Packed.of(((at,) for at in range(len(lines))), lambda part: [lines[at] for (at,) in part])
    long, plain = (Table.of("x", each, columns).only(order) for each in (numbered, lines))
    assert list(long.rows) == list(plain.rows)
    assert list(long.records()) == plain.records()
    told = json.dumps([plain.records()], ensure_ascii=False, indent=indent)
    assert "".join(written([long.records()], indent=indent)) == told


def test_a_long_list_is_summed_as_any_other() -> None:
    columns = (
        Column("number", Kind.COUNT, of=lambda at: at),
        Column("even", of=lambda at: at if at % 2 else None),
    )
    tables = [Table.of("x", each, columns, summed=("number", "even")) for each in (packed(MANY), range(MANY))]
    assert tables[0].total == tables[1].total == (sum(range(MANY)), sum(range(1, MANY, 2)))
