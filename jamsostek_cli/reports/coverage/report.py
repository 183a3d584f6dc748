"""Coverage: people protected over a named, dated denominator.

Protected is who lives and whose contribution to JKK and JKM for the month of the as-of date is paid.
Programme coverage is measured against the city's target list of vulnerable workers (segment `rentan`); UCJ
adds the members who are not in this file and is measured against all workers of the city (segment `all`).
They are never mixed. Months paid under a merged record count for the person, who counts once. Whom the list
of another payer names is told apart, and changes none of the other figures.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.coverage import JOINED_PARTS, LAPSED_PARTS, MOVEMENT, CoverageLine
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures as figures_of
from jamsostek_cli.messages import text
from jamsostek_cli.reports.coverage import cross, denominator, second, tables
from jamsostek_cli.reports.coverage import where as restriction
from jamsostek_cli.reports.coverage.count import Breakdown, Counts, Everybody, Headcount, Key
from jamsostek_cli.reports.coverage.denominator import AreaWorkers
from jamsostek_cli.reports.coverage.dimensions import AGE, AREAS, MONTH, Value
from jamsostek_cli.reports.coverage.tables import Measured
from jamsostek_cli.reports.coverage.window import Window
from jamsostek_cli.rules.law import regulation
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table

_YEAR = 12
_AGE_LIMIT = "reg.max_age_exclusive"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """The denominators in force: of the part of the city that is looked at, and of all its areas."""

    target: AreaWorkers | None
    everybody: AreaWorkers | None
    by_area: Mapping[str, AreaWorkers]
    city: str


def coverage(
    connection: Connection,
    *,
    year: int,
    as_of: datetime.date,
    by: str | None = None,
    across: str | None = None,
    where: Mapping[str, Sequence[str]] | None = None,
    line: CoverageLine = CoverageLine.PROTECTED,
    names: bool = False,
    law: Regulation | None = None,
) -> Report:
    """Return the coverage of a year on `as_of` (inclusive), as it is known today.

    `by` and `across` are the dimensions of a table; `where` holds for each dimension the words for the values
    it is restricted to, where a month stands for its own days. `line` is what a cross table counts, and whose
    names are listed. `law` is the office's, the one that is shipped where it is not given.

    E507 when it does not add up, E508 when a day does not lie in the year, E610 for a value nobody has.
    """
    opening, closing = _days(year, as_of, (where or {}).get(MONTH, ()))
    only = restriction.values(connection, {k: said for k, said in (where or {}).items() if k != MONTH})
    window = Window.between(opening, closing, age_limit(law, closing))
    asked = Breakdown(by=tuple(filter(None, (by, across))), only=only)
    register = Headcount(connection, window, asked)
    whole = register.whole()
    second.refuse_difference(whole.counts, second.movement(connection, window))
    cells: Mapping[Key, Counts] = register.cells() if asked.dimensions else {(): whole.counts}
    people = Counts.total(cells.values())
    second.refuse_difference(people)
    sources = _sources(connection, year, only)
    table = _table(
        register, asked, cells, line, sources, Measured(None, people, sources.target, _left(year, closing))
    )
    return Report(
        name="coverage",
        period=str(year),
        as_of=closing,
        figures=tuple(_figures(people, None if only else whole, sources, _left(year, closing))),
        tables=() if table is None else (table,),
        notes=tuple(_notes(window, asked, line, people, sources, year, (where or {}).get(MONTH, ()))),
        names=tuple(register.behind(line)) if names else (),
        names_columns=(
            Column("worker"),
            Column("name"),
            Column("kelurahan"),
            Column("payer"),
            *(
                (Column("line", heading="col.coverage_line"),)
                if line in {CoverageLine.JOINED, CoverageLine.LAPSED}
                else ()
            ),
        ),
    )


def _days(year: int, as_of: datetime.date, months: Sequence[str]) -> tuple[datetime.date, datetime.date]:
    """Return the opening and the closing day: of the year so far, or of one month of it."""
    opening = datetime.date(year - 1, 12, 31)
    if not opening <= as_of <= datetime.date(year, 12, 31):
        raise JcliError("E508", as_of=as_of, year=str(year))
    for said in months:
        month = Month.parse(said)
        if month.year != year or month.first_day > as_of:
            raise JcliError("E508", as_of=figures_of.period(said), year=str(year))
        return month.plus(-1).last_day, min(month.last_day, as_of)
    return opening, as_of


def age_limit(law: Regulation | None, day: datetime.date) -> int | None:
    """Return the age at which nobody is enrolled any more; None before the law knew one."""
    rules = law or regulation.packaged()
    history = rules.histories.get(_AGE_LIMIT, ())
    return rules.count(_AGE_LIMIT, day) if history and history[0].since <= day else None


def _left(year: int, closing: datetime.date) -> int:
    """Return the months of a year that come after a day's."""
    return _YEAR - closing.month if closing.year == year else _YEAR


def _sources(connection: Connection, year: int, only: Mapping[str, Sequence[Value]]) -> _Sources:
    """Return the denominators; a part of the city has one only where it is one area."""
    city = connection.execute("SELECT code FROM area").fetchone()[0]
    by_area = denominator.in_force(connection, year, "rentan")
    part = [value for dimension, values in only.items() for value in values if dimension in AREAS]
    one_area = len(part) == 1 and len(only) == 1
    return _Sources(
        target=by_area.get(part[0].area or "" if one_area else city) if one_area or not only else None,
        everybody=None if only else denominator.in_force(connection, year, "all").get(city),
        by_area=by_area,
        city=city,
    )


def _figures(people: Counts, whole: Everybody | None, sources: _Sources, months: int) -> list[Figure]:
    figures = [_figure(line, people) for line in _STANDING]
    if whole is not None and whole.listed is not None:
        figures += [Figure("listed_elsewhere", whole.listed), Figure("paid_twice", whole.paid_twice)]
    return [
        *figures,
        *_programme(Measured(None, people, sources.target, months)),
        *_ucj(people.protected, sources.everybody),
        *flow(people),
    ]


_STANDING = (CoverageLine.REGISTERED, CoverageLine.EVER, CoverageLine.ENROLLED, CoverageLine.PROTECTED)


def _figure(line: CoverageLine, people: Counts) -> Figure:
    family = "coverage_line" if line in {*JOINED_PARTS, *LAPSED_PARTS} else "fig"
    return Figure(line.value, people.of(line), family=family)


def _programme(measured: Measured) -> list[Figure]:
    if measured.target is None:
        return []
    return [
        Figure("target", measured.target),
        Figure("gap", measured.target - measured.counts.protected),
        *([] if measured.gap_monthly is None else [Figure("gap_monthly", measured.gap_monthly)]),
        Figure("coverage", measured.coverage, Kind.SHARE),
    ]


def _ucj(protected: int, everybody: AreaWorkers | None) -> list[Figure]:
    if everybody is None:
        return []
    return [
        Figure("workers", everybody.workers),
        Figure("protected_elsewhere", everybody.elsewhere),
        Figure("ucj", (protected + everybody.elsewhere) / everybody.workers, Kind.SHARE),
    ]


def _notes(
    window: Window,
    asked: Breakdown,
    line: CoverageLine,
    people: Counts,
    sources: _Sources,
    year: int,
    months: Sequence[str],
) -> list[Note]:
    """Return what is counted of whom, over what, known when."""
    opening, closing = window.days[0], window.days[-1]
    part = [*([restriction.in_words(asked.only)] if asked.only else []), *map(figures_of.period, months)]
    notes = [Note(key="restricted", facts={"part": ", ".join(part)})] if part else []
    facts = {
        "month": figures_of.period(window.months[-1]),
        "as_of": closing,
        "people": figures_of.count(people.protected),
    }
    notes += [Note(key="protected", facts=facts), Note(key="known_now")]
    for key, figure in (("target", sources.target), ("workers", sources.everybody)):
        if figure is not None:
            told = {
                "source": figure.source,
                "on": figure.recorded_on,
                "year": figure.year,
                "people": figures_of.count(figure.workers),
            }
            notes.append(Note(key=f"coverage_{key}", facts=told))
        elif asked.only:
            notes += [Note(key="no_part")] if key == "target" else []
        else:
            notes.append(Note(key=f"no_{key}", facts={"year": year, "area": sources.city}))
    way = Measured(None, people, sources.target, _left(year, closing))
    if way.gap and way.gap_monthly:
        counted = {"missing": way.gap, "months": way.months, "monthly": way.gap_monthly}
        notes.append(
            Note(key="way", facts={name: figures_of.count(number) for name, number in counted.items()})
        )
    if len(asked.by) > 1:
        by = " × ".join(text(f"col.{dimension}") for dimension in asked.by)
        notes.append(Note(key="cross", facts={"line": line, "by": by}))
    notes += [Note(key="by_month")] if MONTH in asked.by else []
    notes.append(Note(key="movement", facts={"opening_day": opening, "as_of": closing}))
    return [*notes, *([Note(key="of_payers")] if asked.of_payers else [])]


def _table(
    register: Headcount,
    asked: Breakdown,
    cells: Mapping[Key, Counts],
    line: CoverageLine,
    sources: _Sources,
    whole: Measured,
) -> Table | None:
    """Return the table by the dimensions that are asked for."""
    if not asked.by:
        return None
    months = [Month.of(day) for day in register.window.days[1:]]
    if MONTH in asked.by:
        cells = register.cells(monthly=True)
        _refuse_months(asked, cells, months)
    known = {
        dimension: register.names.areas(dimension) for dimension in asked.by if dimension not in asked.only
    }
    if len(asked.by) > 1:
        by = (asked.by[0], asked.by[1])
        seen = {**known, MONTH: list(map(Value, months))}
        return cross.Cross.of(by, line, cells, seen).table(sources.by_area, whole)
    groups = {key[0]: counts for key, counts in cells.items()}
    if asked.by == (MONTH,):
        return tables.by_month(groups, months, sources.target, line)
    return tables.breakdown(
        asked.by[0], groups, known[asked.by[0]] if known else (), sources.by_area, whole, line
    )


def _refuse_months(asked: Breakdown, cells: Mapping[Key, Counts], months: Sequence[Month]) -> None:
    """Raise E507 unless each month adds up, and opens with those with whom the one before it closed.

    Of an age group others may be there in the next month.
    """
    at = asked.by.index(MONTH)
    closed: int | None = None
    for month in months:
        people = Counts.total(counts for key, counts in cells.items() if key[at].name == month)
        second.refuse_difference(
            people, {} if closed is None or AGE in asked.only else {CoverageLine.OPENING: closed}
        )
        closed = people.closing


def movement(
    connection: Connection,
    opening: datetime.date,
    closing: datetime.date,
    law: Regulation | None = None,
) -> tuple[Figure, ...]:
    """Return opening, in, out by death, out otherwise, and closing: the protected between two days.

    `opening` is the last day of a month. E507 when it does not add up.
    """
    window = Window.between(opening, closing, age_limit(law, closing))
    people = Headcount(connection, window, Breakdown()).whole().counts
    second.refuse_difference(people, second.movement(connection, window))
    return flow(people)


def flow(people: Counts) -> tuple[Figure, ...]:
    """Return how the protected came to be so many: each line of the movement, with its parts."""
    return tuple(_figure(line, people) for line in MOVEMENT)
