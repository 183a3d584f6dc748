"""What each city of a province says of itself, beside what is there."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.domain.drop import OF_LEVEL
from jamsostek_cli.reports.engine.question import Engine
from jamsostek_cli.reports.province import cells as people
from jamsostek_cli.reports.province import claims
from jamsostek_cli.reports.province.control import HandedProvince, named, question_of
from jamsostek_cli.reports.province.notes import about
from jamsostek_cli.reports.publication.withholding import is_small
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Note, Report, Table

_NOT_COUNTS: Final = frozenset({"level", "key"})
_CLAIMS: Final = frozenset({"claims", "claims_amount", "rows.claims"})
_PEOPLE: Final = _CLAIMS | {
    *people.COUNTED, "billed", "members_elsewhere", "rows.people", "rows.paid", "rows.elsewhere",
}  # fmt: skip
"""What would say how many people of a city are withheld, or how many there are nearly."""
_OF_NOBODY: Final = frozenset({"rows.areas", "rows.workforce", "rows.totals", "rows.counts", "rows.ageing"})
_DIFFER: Final = "measures_differ"


class ToldMeasure(NamedTuple):
    """A measure of a city: what it says, what is there; None where nothing is, or where it is withheld."""

    city: str
    measure: str
    told: int | None
    there: int | None

    @property
    def agrees(self) -> bool | None:
        """Whether both say the same."""
        return None if self.told is None or self.there is None else self.told == self.there


def totals(engine: Engine, province: HandedProvince, *, exact: bool) -> Report:
    """Return every measure of every city, told and there."""
    cities = people.read(engine, province, (people.CITY,)).cities
    waiting = claims.counted(engine, province)
    there = _there(engine, province, cities, waiting)
    rows = [
        ToldMeasure(one.city, measure, value, there.get((one.city, measure)))
        for one in province.cities
        for measure, value in province.told[one.city].items()
        if measure not in _NOT_COUNTS
    ]
    shown = rows if exact else _public(rows, cities, waiting)
    return Report(
        name="province_totals",
        period=province.as_of[:7],
        as_of=datetime.date.fromisoformat(province.as_of),
        figures=(
            Figure("cities", len(province.cities)),
            Figure("measures", len(rows)),
            Figure(_DIFFER, sum(row.agrees is False for row in rows)),
        ),
        tables=(
            Table.of(
                "province_totals",
                shown,
                (
                    Column("city", coded=True, heading="col.city_code"),
                    Column("area", heading="col.city", of=lambda row: province.name(row.city)),
                    Column("measure", of=lambda row: Coded(row.measure, named(row.measure))),
                    Column("told", Kind.COUNT),
                    Column("there", Kind.COUNT),
                    Column("agrees", Kind.FLAG),
                ),
            ),
        ),
        notes=(
            Note(key="province_totals"),
            *about(
                province, exact=exact, withheld=sum(one != two for one, two in zip(rows, shown, strict=True))
            ),
        ),
    )


def differs(made: Report) -> bool:
    """Tell whether a city says something else of itself than is there."""
    return any(figure.key == _DIFFER and bool(figure.value) for figure in made.figures)


def _there(
    engine: Engine,
    province: HandedProvince,
    cities: Mapping[str, people.Counts | None],
    waiting: Sequence[claims.Waiting],
) -> Mapping[tuple[str, str], int | None]:
    """Return what is there by city and measure."""
    found: dict[tuple[str, str], int | None] = {
        (one.city, f"rows.{table}"): 0 for one in province.cities for table in OF_LEVEL[one.level]
    }
    found |= {
        (str(city), str(measure)): _int(value) for city, measure, value in engine.rows(question_of("control"))
    }
    for city, told in province.told.items():
        found[city, "rows.totals"] = len(told)
    for city, counts in cities.items():
        found |= {(city, name): counts and counts[at] for at, name in enumerate(people.COUNTED)}
    for one in province.cities:
        found |= {(one.city, name): number for name, number in claims.of_city(waiting, one.city).items()}
    found |= {(city, "billed"): 0 for city in province.persons}
    for own, amount in engine.rows(question_of("billed"), month=province.as_of[:7]):
        found[str(own), "billed"] = _int(amount)
    return found


def _int(value: object) -> int | None:
    return None if value is None else int(str(value))


def _public(
    rows: Sequence[ToldMeasure], cities: Mapping[str, people.Counts | None], waiting: Sequence[claims.Waiting]
) -> list[ToldMeasure]:
    """Return the measures as everybody may see them: no more than coverage and claims show."""
    unseen = {city for city, counts in people.public_cities(cities).items() if counts is None} | _few(rows)
    silent = unseen | claims.public_claims(waiting).hidden
    silent |= {row.city for row in rows if row.measure == "claims" and _small(row)}
    return [
        row._replace(told=None, there=None)
        if (row.city in unseen and row.measure in _PEOPLE)
        or (row.city in silent and row.measure in _CLAIMS)
        or (row.measure not in _OF_NOBODY and _small(row))
        else row
        for row in rows
    ]


def _few(rows: Iterable[ToldMeasure]) -> set[str]:
    """Return the cities of which what they say, or the rows that are there, tells of a few people.

    Everybody who has a row and is not in the register any more died or moved.
    """
    known: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for row in rows:
        for at, number in enumerate((row.told, row.there)):
            if number is not None:
                known[row.city, at][row.measure] = number
    found = set()
    for (city, _), numbers in known.items():
        counted = [numbers.get(each) for each in people.COUNTED]
        small = [number for number in counted if number is not None]
        if None not in counted:
            registered, enrolled, protected = small
            small = list(people.measures((registered, enrolled, protected)))
            small.append(numbers.get("rows.people", registered) - registered)
        found |= {city} if any(map(is_small, small)) else set()
    return found


def _small(row: ToldMeasure) -> bool:
    return any(number is not None and is_small(number) for number in (row.told, row.there))
