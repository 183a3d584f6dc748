"""The people of a province by what is asked for: read, added up, and withheld where they are too few."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

from jamsostek_cli.reports.engine.question import Engine
from jamsostek_cli.reports.province.control import HandedProvince, question_of
from jamsostek_cli.reports.province.withheld import SummedLine, withheld

CITY: Final = "city"
KELURAHAN: Final = "kelurahan"
KECAMATAN: Final = "kecamatan"
DIMENSIONS: Final = (CITY, KELURAHAN, KECAMATAN, "sex", "age", "payer")
"""What coverage can be broken down by."""
AREAS: Final = frozenset({KELURAHAN, KECAMATAN})
_HELD: Final = (KELURAHAN, "sex", "age", "payer")
"""What a row of persons says beside its city, in its order."""
COUNTED: Final = ("registered", "enrolled", "protected")
Key = tuple[str | None, ...]
"""The city where areas are asked for, else nothing; then a code for each dimension."""
Counts = tuple[int, int, int]
"""Registered, enrolled, protected."""
Cells = Mapping[Key, Counts | None]
"""None where a cell is withheld."""


class NamedArea(NamedTuple):
    """What an area is called, and in which kecamatan a kelurahan lies."""

    name: str
    kecamatan: str


class AreaDenominator(NamedTuple):
    """How many workers an area has in a year, who says so, and whom of them others protect, where told."""

    year: int
    workers: int
    elsewhere: int | None
    source: str


@dataclass(frozen=True, kw_only=True)
class ProvinceCells:
    """What was read of a province: its cells, its cities, its areas, the denominators of each by segment."""

    cells: Cells
    cities: Mapping[str, Counts | None]
    areas: Mapping[tuple[str, str], NamedArea]
    denominators: Mapping[tuple[str, str, str], AreaDenominator]


def read(engine: Engine, province: HandedProvince, by: Sequence[str]) -> ProvinceCells:
    """Return the cells by one or two dimensions, and everybody of each city."""
    month = province.as_of[:7]
    areas: dict[tuple[str, str], NamedArea] = {}
    for city, code, name, of_code, of_name in engine.rows(question_of("areas")):
        areas[str(city), str(code)] = NamedArea(str(name), str(of_code))
        areas[str(city), str(of_code)] = NamedArea(str(of_name), str(of_code))
    denominators = {
        (str(city), str(area), str(segment)): AreaDenominator(
            _int(year), _int(workers), None if others is None else _int(others), str(source)
        )
        for city, area, segment, year, workers, others, source in engine.rows(
            question_of("workforce"), year=int(month[:4])
        )
    }
    cities: dict[str, Counts | None] = dict.fromkeys(province.persons, (0, 0, 0))
    cells: dict[Key, Counts | None] = {}
    asked = tuple(KELURAHAN if dimension == KECAMATAN else dimension for dimension in by)
    for city, values, counted in _rows(engine, province, month):
        if CITY in values:
            cities[city] = _sum(cities.get(city, (0, 0, 0)), counted)
        if values.keys() >= {*asked}:
            own = city if AREAS & {*asked} else ""
            _add(cells, (own, *(values[dimension] for dimension in asked)), counted)
    return ProvinceCells(cells=cells, cities=cities, areas=areas, denominators=denominators)


def _rows(
    engine: Engine, province: HandedProvince, month: str
) -> Iterable[tuple[str, Mapping[str, str | None], Counts | None]]:
    """Yield the counts of each city with the values that they are of, by dimension."""
    if province.persons:
        for city, *held, registered, enrolled, protected in engine.rows(question_of("coverage"), month=month):
            values = {CITY: str(city), **dict(zip(_HELD, map(_text, held), strict=True))}
            yield str(city), values, _counts((registered, enrolled, protected))
    if province.counts:
        for city, dimension, code, *numbers in engine.rows(question_of("counts")):
            yield str(city), {str(dimension): _text(code)}, _counts(numbers)


def _counts(numbers: Sequence[object]) -> Counts | None:
    return None if None in numbers else (_int(numbers[0]), _int(numbers[1]), _int(numbers[2]))


def _int(value: object) -> int:
    return int(str(value or 0))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _sum(one: Counts | None, other: Counts | None) -> Counts | None:
    """Return a sum, None where a part of it was withheld."""
    if one is None or other is None:
        return None
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _add(cells: dict[Key, Counts | None], key: Key, counts: Counts | None) -> None:
    cells[key] = _sum(cells[key], counts) if key in cells else counts


def total(parts: Iterable[Counts | None]) -> Counts | None:
    """Return what cells are together, None where one of them was withheld."""
    whole: Counts | None = (0, 0, 0)
    for part in parts:
        whole = _sum(whole, part)
    return whole


def measures(counts: Counts) -> tuple[int, ...]:
    """Return the counts of a cell, and who is not protected or not enrolled, which they say as well."""
    return (*counts, counts[0] - counts[2], counts[0] - counts[1])


def public_cities(cities: Mapping[str, Counts | None]) -> Mapping[str, Counts | None]:
    """Return the cities as everybody may see them."""
    known = {city: measures(counts) for city, counts in cities.items() if counts is not None}
    out = withheld(known, [SummedLine(sorted(known))])
    return {city: None if city in out else counts for city, counts in cities.items()}


def public(cells: Cells, hidden: frozenset[str], by: Sequence[str]) -> Cells:
    """Return cells as everybody may see them, by `by` one dimension or two; `hidden` cities are not seen.

    A group of nobody becomes a cell where others have to hide behind it. What is withheld of whole cities by
    a dimension is not to be had from their areas by that dimension.
    """
    known = {key: measures(counts) for key, counts in cells.items() if counts is not None}
    if len(by) == 1:
        groups = _groups(sorted(known, key=order), lambda key: key[:1])
        lines = [SummedLine(keys, hidden=name[0] in hidden) for name, keys in groups.items()]
    else:
        known = _nobody(known, by) | known
        ordered = sorted(known, key=order)
        lines = [line for at in (1, 2) for line in _lines(known, ordered, at, hidden, by)]
    out = withheld(known, lines)
    return {key: None if key in out else cells[key] for key in {**cells, **dict.fromkeys(out)}}


def _nobody(known: Iterable[Key], by: Sequence[str]) -> dict[Key, tuple[int, ...]]:
    """Return the cells of two dimensions in which nobody is; none where both say the same."""
    if {*by} <= AREAS:
        return {}
    values: list[dict[Key, set[str | None]]] = []
    for at, dimension in enumerate(by, 1):
        own = {city: {key[at] for key in keys} for city, keys in _groups(known, _own).items()}
        everywhere = {*chain(*own.values())}
        values.append(own if dimension in {CITY, *AREAS} else dict.fromkeys(own, everywhere))
    firsts, seconds = values
    return {
        (*city, one, other): measures((0, 0, 0))
        for city, ones in firsts.items()
        for one in ones
        for other in seconds[city]
    }


def _own(key: Key) -> Key:
    return key[:1]


def _lines(
    known: Mapping[Key, tuple[int, ...]],
    ordered: Sequence[Key],
    at: int,
    hidden: frozenset[str],
    by: Sequence[str],
) -> list[SummedLine]:
    """Return the lines of a table of two dimensions along one; what a table by that one hides is hidden."""
    groups = _groups(ordered, lambda key: (key[0], key[at]))
    sums = {
        name: [sum(each) for each in zip(*(known[key] for key in keys), strict=True)]
        for name, keys in groups.items()
    }
    whole = _groups(sums, _own)
    gone = withheld(sums, [SummedLine(names, hidden=city[0] in hidden) for city, names in whole.items()])
    if AREAS & {*by} and by[at - 1] not in {CITY, *AREAS}:
        gone |= _of_cities(sums, hidden, by[at - 1])
    return [SummedLine(keys, hidden=name in gone) for name, keys in groups.items()]


def _of_cities(sums: Mapping[Key, Sequence[int]], hidden: frozenset[str], by: str) -> frozenset[Key]:
    """Return the sums of areas by a dimension that are not seen of their whole cities by it."""
    of_city: dict[Key, Counts] = {
        ("", city, value): (one, two, three) for (city, value), (one, two, three, *_) in sums.items()
    }
    seen = public(of_city, hidden, (CITY, by))
    return frozenset((city, value) for (_, city, value), counts in seen.items() if counts is None)


def _groups(keys: Iterable[Key], of: Callable[[Key], Key]) -> dict[Key, list[Key]]:
    found: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        found[of(key)].append(key)
    return found


def order(key: Key) -> tuple[tuple[bool, str], ...]:
    """Return where a cell stands among the others: what is not known comes last."""
    return tuple((value is None, value or "") for value in key)


def of_kecamatan(cells: Cells, at: int, areas: Mapping[tuple[str, str], NamedArea]) -> Cells:
    """Return cells of kelurahan as cells of their kecamatan, in place `at` of the key.

    One is seen where each of its kelurahan is: what is missing would follow from it.
    """
    found: dict[Key, Counts | None] = {}
    for key, counts in cells.items():
        area = areas.get((str(key[0]), str(key[at])))
        _add(found, (*key[:at], area and area.kecamatan, *key[at + 1 :]), counts)
    return found
