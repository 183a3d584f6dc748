"""Whether drops can be trusted, and what their cities told: looked at before any question is answered."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import NamedTuple

from jamsostek_cli.domain.drop import OF_LEVEL, DropLevel
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.reports.engine.question import Engine, Row
from jamsostek_cli.reports.province.folder import Handed
from jamsostek_cli.tables.wording import known

LEVELS = (DropLevel.COUNTS, DropLevel.PERSONS)
"""The levels by what a city's totals call them: 0 and 1."""
Told = Mapping[str, Mapping[str, int | None]]
"""What each city says, by measure."""


def question_of(name: str) -> str:
    """Return the SQL of a question."""
    return resources.files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")


class HandedProvince(NamedTuple):
    """The cities of an answer: `away` are those that have handed over other days alone."""

    cities: tuple[Handed, ...]
    as_of: str
    told: Told
    away: tuple[str, ...] = ()

    @property
    def persons(self) -> tuple[str, ...]:
        """The cities that handed over persons."""
        return tuple(one.city for one in self.cities if one.level is DropLevel.PERSONS)

    @property
    def counts(self) -> tuple[str, ...]:
        """The cities that handed over counts alone."""
        return tuple(one.city for one in self.cities if one.level is DropLevel.COUNTS)

    def name(self, city: str) -> str:
        """Return what a city is called: by its code where nobody said."""
        return next((one.name for one in self.cities if one.city == city), "") or city


def far(rows: Iterable[Row]) -> list[Handed]:
    """Return what was handed over by what cities told: city, day, level, how many times.

    E668 for a level that there is not.
    """
    levels = dict(enumerate(LEVELS))
    handed = []
    for city, day, level, times in rows:
        if level not in levels:
            said = text("measure_said.nothing") if level is None else level
            raise JcliError(
                "E668", city=city, measure=named("level"), told=said, there=" / ".join(map(str, levels))
            )
        handed += [Handed(str(city), str(day), levels[int(level)])] * int(str(times))
    return handed


def of_day(handed: Iterable[Handed], as_of: str | None) -> tuple[list[Handed], tuple[str, ...]]:
    """Return what was handed over of a day, the latest where none is asked for, and the cities without it.

    E662 where no city has that day, E667 for a city that handed it over twice.
    """
    everything = list(handed)
    days = sorted({one.as_of for one in everything})
    if as_of is None and days:
        as_of = days[-1]
    there = sorted((one for one in everything if one.as_of == as_of), key=lambda one: one.city)
    if not there:
        raise JcliError("E662", day=as_of or "-", days=tuple(days))
    twice = [city for city, times in Counter(one.city for one in there).items() if times > 1]
    if twice:
        raise JcliError("E667", city=twice[0], day=there[0].as_of)
    away = {one.city for one in everything} - {one.city for one in there}
    return there, tuple(sorted(away))


def looked_at(engine: Engine, cities: Sequence[Handed], away: Sequence[str]) -> HandedProvince:
    """Return the province once its drops say what is there.

    E671 for other columns, E668 for other rows than a city told, of another level, or where its manifest says
    otherwise, E679 for keys that differ: then nobody would be found in two cities.
    """
    foreign = engine.foreign()
    if foreign:
        raise JcliError("E671", path=foreign[0])
    told: dict[str, dict[str, int | None]] = defaultdict(dict)
    for city, measure, value in engine.rows(question_of("told")):
        if str(measure) in told[str(city)]:
            raise JcliError(
                "E668", city=city, measure=named(str(measure)), told=text("measure_said.twice"), there=1
            )
        told[str(city)][str(measure)] = None if value is None else int(value)
    there = {(str(city), str(measure)): value for city, measure, value in engine.rows(question_of("control"))}
    for one in cities:
        mine = told.get(one.city, {})
        _demand_handed(one, mine)
        _demand_same(one.city, "level", mine.get("level"), LEVELS.index(one.level))
        for table in OF_LEVEL[one.level]:
            if table != "totals":
                rows = there.pop((one.city, f"rows.{table}"), 0)
                _demand_same(one.city, f"rows.{table}", mine.get(f"rows.{table}"), rows)
    for (city, measure), rows in there.items():
        _demand_same(city, measure, 0, rows)
    _demand_one_key(cities, told)
    return HandedProvince(tuple(cities), cities[0].as_of, told, tuple(away))


def named(measure: str) -> str:
    """Return what a measure of a city is called."""
    return known(f"measure.{measure}") or measure


def _demand_handed(one: Handed, told: Mapping[str, int | None]) -> None:
    """Raise E668 where a manifest says other totals than the table of them, or another key."""
    if one.totals is None:
        return
    for measure in sorted({*one.totals, *told}):
        _demand_same(one.city, measure, one.totals.get(measure), told.get(measure))
    _demand_same(one.city, "key", one.key, told.get("key"))


def _demand_same(city: str, measure: str, told: int | None, there: object, **remedy: str) -> None:
    if told != there:
        said, found = (text("measure_said.nothing") if each is None else each for each in (told, there))
        raise JcliError("E668", city=city, measure=named(measure), told=said, there=found, **remedy)


def demand_told(province: HandedProvince, city: str, measure: str, there: int | None) -> None:
    """Raise E668 where a city counted itself otherwise; what it did not say, or withheld, is not compared."""
    told = province.told[city].get(measure)
    if told is not None and there is not None:
        _demand_same(city, measure, told, there, remedy="E668.totals")


def _demand_one_key(cities: Sequence[Handed], told: Told) -> None:
    keys: dict[int | None, list[str]] = defaultdict(list)
    for one in cities:
        if one.level is DropLevel.PERSONS:
            keys[told[one.city].get("key")].append(one.city)
    if len(keys) > 1 or None in keys:
        others = min(keys.values(), key=len)
        raise JcliError("E679", cities=tuple(others))
