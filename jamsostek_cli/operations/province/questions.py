"""What a province asks over the drops of its cities; there is no database of an office behind it."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli import safe_file
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.province import province_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations.reporting import report_file
from jamsostek_cli.reports.engine.question import DropPlaces, Engine, Master, folders
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.reports.province import control, folder, overlaps
from jamsostek_cli.reports.province.control import HandedProvince
from jamsostek_cli.reports.province.folder import Handed
from jamsostek_cli.tables.table import Note, Report

if TYPE_CHECKING:
    from jamsostek_cli.reports.engine.spark import Spark

_FILE: Final = "file://"
_STATE: Final = "Republik Indonesia"
"""For whom cities of several provinces speak; letterheads are in Indonesian."""


class EngineName(StrEnum):
    """What answers: DuckDB in this process, or Apache Spark."""

    DUCKDB = "duckdb"
    SPARK = "spark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """The drops that are asked, of which day (None: the latest), and with what.

    `master` is Spark's, None for the one of its settings; `memory` as `4g`; `settings` are Spark's.
    `expected` are the cities that are to be there.
    """

    drops: Sequence[str]
    as_of: datetime.date | None = None
    engine: EngineName = EngineName.DUCKDB
    master: str | None = None
    memory: str = "4g"
    settings: Mapping[str, str] = field(default_factory=dict)
    expected: Sequence[str] = ()


Question = Callable[[Engine, HandedProvince], Report]


def report(over: Over, question: Question) -> tuple[Report, HandedProvince]:
    """Return the answer to a question, with the cities that it is of.

    E660, E680 where cities handed over too little; and as `opened`.
    """
    with opened(over) as (engine, province):
        made = question(engine, province)
    missing = absent(over, province)
    if missing:
        note = Note(key="province_absent", facts={"cities": ", ".join(missing)})
        made = replace(made, notes=(note, *made.notes))
    return made, province


def absent(over: Over, province: HandedProvince) -> Sequence[str]:
    """Return the cities that are to be there and are not."""
    return sorted({*over.expected} - {one.city for one in province.cities})


@contextmanager
def opened(over: Over) -> Iterator[tuple[Engine, HandedProvince]]:
    """Give the engine and the province of a day, every drop looked at.

    E661, E663-E668, E671, E679 for drops that are not as they were handed over, E662 for a day of which there
    is none; E669, E670, E672-E678 as the engines; E682 for an address of a cluster that DuckDB does not read.
    """
    roots = [drop.removeprefix(_FILE) for drop in over.drops]
    remote = [root for root in roots if "://" in root]
    if remote and over.engine is EngineName.DUCKDB:
        raise JcliError("E682", address=remote[0])
    handed = [one for root in roots if root not in remote for one in folder.found(Path(root))]
    as_of = None if over.as_of is None else over.as_of.isoformat()
    with _cluster(over) if remote else nullcontext() as cluster:
        days = control.question_of("days")
        told = cluster.told_at(remote, days) if cluster else []
        far = [(root, control.far(rows)) for root, rows in told]
        cities, away = control.of_day([*handed, *(one for _, there in far for one in there)], as_of)
        held = folders((root, {one.level for one in there}) for root, there in far)
        for one in cities:
            folder.demand_whole(one)
        places = DropPlaces(as_of=cities[0].as_of, files=_files(cities), folders=held)
        with nullcontext(cluster.looking_at(places)) if cluster else _engine(over, places) as engine:
            yield engine, control.looked_at(engine, cities, away)


def _files(cities: Sequence[Handed]) -> Mapping[str, Sequence[Path]]:
    """Return the files of each table, by the names that their manifests give them."""
    found: dict[str, list[Path]] = {}
    for one in cities:
        for name, path in sorted(one.files.items()):
            found.setdefault(name.partition("/")[0], []).append(path)
    return found


def _engine(over: Over, places: DropPlaces) -> AbstractContextManager[Engine]:
    """Return the engine that is asked for; neither loads before."""
    if over.engine is EngineName.SPARK:
        from jamsostek_cli.reports.engine import spark

        return spark.opened(places, _master(over))
    from jamsostek_cli.reports.engine import duckdb

    return duckdb.opened(places, memory=over.memory)


def _master(over: Over) -> Master:
    return Master(over.master, over.memory, over.settings)


def _cluster(over: Over) -> AbstractContextManager["Spark"]:
    """Return Spark, begun to ask which cities have handed over what: at an address no manifest is read."""
    from jamsostek_cli.reports.engine import spark

    return spark.started(_master(over))


def letterhead(province: HandedProvince) -> Letterhead:
    """Return who speaks: the province of all the cities, else the state; and of how many cities."""
    lying = {province_of(one.city) for one in province.cities}
    only = next(iter(lying)) if len(lying) == 1 else None
    return Letterhead(
        city=_STATE if only is None else f"Provinsi {only.name}",
        office=text("province.of_cities", cities=figures.count(len(province.cities))),
        address="",
        phone="",
        place="",
        signer="",
        signer_title="",
        signer_nip="",
    )


def write(
    made: Report, province: HandedProvince, paths: Sequence[Path], *, force: bool, machine: bool
) -> list[Path]:
    """Write an answer to files in the formats of their endings, all or none; return those that changed.

    E503, E502, E106, E108, E120; E625, E626.
    """
    head = letterhead(province)
    fills = {path: partial(report_file.fill_from, head, made, path=path, machine=machine) for path in paths}
    return safe_file.write_all(fills, force=force)


def give_back(
    over: Over, span: Span | None, city: str, path: Path, *, force: bool
) -> tuple[int, bool, Sequence[str]]:
    """Write what goes back to a city as CSV; E680, E681.

    Return its lines, whether the file changed, and the cities that are to be there and are not.
    """
    safe_file.demand_folder(path)
    with opened(over) as (engine, province):
        months = span or year_so_far(province)
        rows = overlaps.returned(engine, province, months, city)
    changed = safe_file.write(path, partial(overlaps.write_returned, rows), force=force)
    return len(rows), changed, absent(over, province)


def year_so_far(province: HandedProvince) -> Span:
    """Return the months of the year of a day, up to its own."""
    last = Month.parse(province.as_of[:7])
    return Span(Month(last.year, 1), last)
