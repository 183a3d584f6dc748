"""What each city of a province says of itself, beside what is there."""

import datetime
from collections.abc import Mapping
from typing import Final, NamedTuple

from jamsostek_cli.domain.drop import OF_LEVEL
from jamsostek_cli.messages import text as said
from jamsostek_cli.reports.engine.question import Engine
from jamsostek_cli.reports.province import cells as people
from jamsostek_cli.reports.province import claims
from jamsostek_cli.reports.province.control import HandedProvince, question_of
from jamsostek_cli.reports.province.notes import about
from jamsostek_cli.reports.publication.withholding import is_small
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Note, Report, Table
from jamsostek_cli.tables.wording import known

_NOT_COUNTS: Final = frozenset({"level", "key"})
_PEOPLE: Final = (*people.COUNTED, "claims")
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
    there = _there(engine, province)
    rows = [
        ToldMeasure(one.city, measure, value, there.get((one.city, measure)))
        for one in province.cities
        for measure, value in province.told[one.city].items()
        if measure not in _NOT_COUNTS
    ]
    shown = rows if exact else [_public(row, rows) for row in rows]
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
                    Column("measure", of=lambda row: _named(row.measure)),
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


def _there(engine: Engine, province: HandedProvince) -> Mapping[tuple[str, str], int | None]:
    """Return what is there by city and measure."""
    found: dict[tuple[str, str], int | None] = {
        (one.city, f"rows.{table}"): 0 for one in province.cities for table in OF_LEVEL[one.level]
    }
    found |= {
        (str(city), str(measure)): _int(value) for city, measure, value in engine.rows(question_of("control"))
    }
    for city, told in province.told.items():
        found[city, "rows.totals"] = len(told)
    for city, counts in people.read(engine, province, (people.CITY,)).cities.items():
        found |= {(city, name): counts and counts[at] for at, name in enumerate(people.COUNTED)}
    waiting = claims.counted(engine, province)
    for one in province.cities:
        found |= {(one.city, name): number for name, number in claims.of_city(waiting, one.city).items()}
    found |= {(city, "billed"): 0 for city in province.persons}
    for own, amount in engine.rows(question_of("billed"), month=province.as_of[:7]):
        found[str(own), "billed"] = _int(amount)
    return found


def _int(value: object) -> int | None:
    return None if value is None else int(str(value))


def _public(row: ToldMeasure, rows: list[ToldMeasure]) -> ToldMeasure:
    """Return a measure as everybody may see it: those of a city's people go where one is of a few."""
    mine = {other.measure: other for other in rows if other.city == row.city and other.measure in _PEOPLE}
    few = [number for other in mine.values() for number in (other.told, other.there) if number is not None]
    for at in (2, 3):  # what is told, and what is there, of who is not protected
        pair = [mine[each][at] if each in mine else None for each in ("registered", "protected")]
        few += [] if None in pair else [int(pair[0] or 0) - int(pair[1] or 0)]
    small = row.measure in {*_PEOPLE, "claims_amount"} and any(map(is_small, few))
    of_people = row.measure not in _OF_NOBODY
    alone = of_people and any(number is not None and is_small(number) for number in (row.told, row.there))
    return row._replace(told=None, there=None) if small or alone else row


def _named(measure: str) -> Coded:
    """Return what a measure is called; the rows of a table by the name of the table."""
    family, _, table = measure.partition(".")
    words = said("measure.rows", table=table) if table else known(f"measure.{family}")
    return Coded(measure, words or measure)
