"""Coverage of a province: what its cities say of themselves, side by side and added up.

Each city is counted by itself, as its own report counts it; who is known in two of them is told apart. Cities
that handed over counts alone stand beside those that handed over persons, where one dimension is asked for.
"""

import datetime
from collections.abc import Mapping, Sequence

from jamsostek_cli.domain.area import WorkforceSegment
from jamsostek_cli.domain.iuran import payer_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures as figures_of
from jamsostek_cli.messages import text as said
from jamsostek_cli.reports.engine.question import Engine
from jamsostek_cli.reports.province import cells as people
from jamsostek_cli.reports.province.cells import AREAS, CITY, KECAMATAN, Cells, Counts, Key, ProvinceCells
from jamsostek_cli.reports.province.control import HandedProvince, demand_told, question_of
from jamsostek_cli.reports.province.notes import about, named
from jamsostek_cli.reports.province.withheld import enough
from jamsostek_cli.reports.publication.withholding import is_small
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Note, Report, Table
from jamsostek_cli.tables.table import Value as Cell

_TARGET, _ALL = "rentan", "all"
_SEXES = frozenset({"L", "P"})
_COUNTS = tuple(Column(name, Kind.COUNT) for name in people.COUNTED)
_AGAINST = (Column("target", Kind.COUNT), Column("coverage", Kind.SHARE))
_UCJ = (
    Column("workers", Kind.COUNT),
    Column("protected_elsewhere", Kind.COUNT),
    Column("ucj", Kind.SHARE, heading="col.ucj"),
)
_NAMES = (Column("city", coded=True, heading="col.city_code"), Column("area", heading="col.city"))


def coverage(engine: Engine, province: HandedProvince, *, by: Sequence[str], exact: bool) -> Report:
    """Return the coverage of a province by one or two dimensions, with its denominators.

    `exact` shows the cells of one to four people, and those that would give them away. E660 for two where a
    city handed over counts alone, E668 where a city counted itself otherwise.
    """
    if len(by) > 1 and province.counts:
        raise JcliError("E660", cities=named(province, province.counts))
    held = people.read(engine, province, by)
    for city, known in held.cities.items():
        for measure, number in zip(people.COUNTED, known or (), strict=False):
            demand_told(province, city, measure, number)
    cities = held.cities if exact else people.public_cities(held.cities)
    hidden = frozenset(city for city, counts in cities.items() if counts is None)
    cells = held.cells if exact else people.public(held.cells, hidden, by)
    for at, dimension in enumerate(by, 1):
        if dimension == KECAMATAN:
            cells = people.of_kecamatan(cells, at, held.areas)
    table = _of_cities(province, held, cities) if tuple(by) == (CITY,) else _by(province, held, by, cells)
    everybody = people.total(held.cities.values())
    if everybody is not None and not exact:
        away = [people.measures(counts) for city, counts in held.cities.items() if counts and city in hidden]
        if any(map(is_small, people.measures(everybody))) or (away and not enough(away)):
            everybody = None
    whole, notes = _whole(province, held, everybody)
    gone = len(hidden) if tuple(by) == (CITY,) else sum(counts is None for counts in cells.values())
    once = _once(engine, province, exact=exact)
    return Report(
        name="province_coverage",
        period=province.as_of[:7],
        as_of=datetime.date.fromisoformat(province.as_of),
        figures=(Figure("cities", len(province.cities)), *whole, *once),
        tables=(table, _workforce(province, held)),
        notes=(
            Note(key="province_coverage", facts={"month": figures_of.period(province.as_of[:7])}),
            *notes,
            *_told_once(province, told=bool(once)),
            *about(province, exact=exact, withheld=gone),
        ),
    )


def _whole(
    province: HandedProvince, held: ProvinceCells, whole: Counts | None
) -> tuple[Sequence[Figure], Sequence[Note]]:
    """Return everybody of the province, over the denominators where every city has one."""
    if whole is None:
        return (), [Note(key="province_no_sum")]
    protected = whole[2]
    shown = [Figure(name, number) for name, number in zip(people.COUNTED, whole, strict=True)]
    notes = []
    for segment, key in ((_TARGET, "target"), (_ALL, "workers")):
        known = {city: held.denominators.get((city, city, segment)) for city in held.cities}
        given = [one for one in known.values() if one is not None]
        lacking = [
            city for city, one in known.items() if one is None or (segment, one.elsewhere) == (_ALL, None)
        ]
        if lacking:
            notes.append(Note(key=f"province_no_{key}", facts={"cities": named(province, lacking)}))
            continue
        workers = sum(one.workers for one in given)
        if segment == _TARGET:
            shown += [
                Figure("target", workers),
                Figure("gap", workers - protected),
                Figure("coverage", protected / workers, Kind.SHARE),
            ]
        else:
            others = sum(one.elsewhere or 0 for one in given)
            shown += [
                Figure("workers", workers),
                Figure("protected_elsewhere", others),
                Figure("ucj", (protected + others) / workers, Kind.SHARE),
            ]
    return shown, notes


def _once(engine: Engine, province: HandedProvince, *, exact: bool) -> Sequence[Figure]:
    """Return each person once over the cities that handed over persons; nothing where that tells of a few."""
    if len(province.persons) <= 1:
        return ()
    found = engine.rows(question_of("once"), month=province.as_of[:7])[0]
    known = [int(str(number)) for number in found]
    if not exact and any(map(is_small, [*known, known[0] - known[2]])):
        return ()
    keys = ("people_once", "people_in_two", "protected_once", "paid_by_two")
    return [Figure(key, number) for key, number in zip(keys, known, strict=True)]


def _told_once(province: HandedProvince, *, told: bool) -> Sequence[Note]:
    """Return what is to be said of each person once, or why it is not."""
    if len(province.persons) <= 1:
        return ()
    return [Note(key="province_once" if told else "province_once_withheld")]


def _against(counts: Counts | None, workers: int | None) -> tuple[Cell, Cell]:
    """Return a target with the share of it that is protected."""
    return workers, None if counts is None or not workers else counts[2] / workers


def _counted(counts: Counts | None) -> tuple[Cell, ...]:
    return (None, None, None) if counts is None else counts


def _of_cities(province: HandedProvince, held: ProvinceCells, cities: Mapping[str, Counts | None]) -> Table:
    """Return the cities side by side: programme coverage and UCJ of each."""
    rows = []
    for city, counts in sorted(cities.items()):
        target = held.denominators.get((city, city, _TARGET))
        everybody = held.denominators.get((city, city, _ALL))
        others = everybody and everybody.elsewhere
        members = None if counts is None or others is None else counts[2] + others
        rows.append(
            (
                city,
                province.name(city),
                *_counted(counts),
                *_against(counts, target and target.workers),
                everybody and everybody.workers,
                others,
                None if members is None or everybody is None else members / everybody.workers,
            )
        )
    return Table(
        key="province_cities",
        columns=(*_NAMES, *_COUNTS, *_AGAINST, *_UCJ),
        rows=rows,
        chart=("area", "protected"),
        lead=("area", "protected", "target", "coverage", "ucj"),
    )


def _by(province: HandedProvince, held: ProvinceCells, by: Sequence[str], cells: Cells) -> Table:
    """Return a row for each cell; areas in which nobody is are among them, and stand by their targets."""
    measured = len(by) == 1 and by[0] in AREAS
    known: dict[Key, Counts | None] = dict(cells)
    if measured:
        for (city, code), area in held.areas.items():
            if (code == area.kecamatan) == (by[0] == KECAMATAN):
                known.setdefault((city, code), (0, 0, 0))
    with_city = bool(AREAS & {*by}) and CITY not in by
    rows = []
    for key in sorted(known, key=people.order):
        counts = known[key]
        values = [cell for at, each in enumerate(by, 1) for cell in _value(province, held, key, each, at)]
        own = (key[0], province.name(str(key[0]))) if with_city else ()
        target = held.denominators.get((str(key[0]), str(key[-1]), _TARGET)) if measured else None
        against = _against(counts, target and target.workers) if measured else ()
        rows.append((*own, *values, *_counted(counts), *against))
    columns = [*(_NAMES if with_city else ()), *(column for each in by for column in _columns(each))]
    label = columns[-1].key
    return Table(
        key="province_cells",
        columns=(*columns, *_COUNTS, *(_AGAINST if measured else ())),
        rows=rows,
        chart=(label, "protected") if len(by) == 1 else None,
        lead=(*(c.key for c in columns if not c.coded), "protected", *(["coverage"] if measured else ())),
    )


def _columns(dimension: str) -> tuple[Column, ...]:
    if dimension == CITY:
        return _NAMES
    return (
        (Column(f"{dimension}_code", coded=True), Column(dimension))
        if dimension in AREAS
        else (Column(dimension),)
    )


def _value(
    province: HandedProvince, held: ProvinceCells, key: Key, dimension: str, at: int
) -> tuple[Cell, ...]:
    """Return what stands in the columns of a dimension."""
    code = key[at]
    unknown = Coded("", said("report.unknown"))
    if dimension == CITY:
        return code, province.name(str(code))
    if dimension in AREAS:
        area = held.areas.get((str(key[0]), str(code)))
        return code, unknown if area is None else area.name
    if code is None:
        return (unknown,)
    if dimension == "payer":
        return (payer_of(code),)
    return (Coded(code, said(f"sex.{code}")) if code in _SEXES else code,)


def _workforce(province: HandedProvince, held: ProvinceCells) -> Table:
    """Return the denominators of the cities, each with its source."""
    rows = [
        (
            city,
            province.name(city),
            WorkforceSegment(segment),
            one.year,
            one.workers,
            one.elsewhere,
            one.source,
        )
        for (city, area, segment), one in sorted(held.denominators.items())
        if city == area
    ]
    columns = (
        *_NAMES,
        Column("segment"),
        Column("year"),
        Column("workers", Kind.COUNT),
        Column("protected_elsewhere", Kind.COUNT),
        Column("source"),
    )
    return Table(
        key="province_workforce", columns=columns, rows=rows, lead=("area", "segment", "workers", "source")
    )
