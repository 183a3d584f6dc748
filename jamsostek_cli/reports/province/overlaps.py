"""Months that two cities pay for one person: how many, and how many rupiah, by cities and payers.

A pair of cities counts once for a month they both pay; three cities that pay one month are three pairs. What
one city pays twice by itself it sees in its own list. The rupiah are the lower of the two amounts: what would
have been saved at least.
"""

import csv
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from jamsostek_cli.domain.iuran import payer_of
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.engine.question import Engine, Row
from jamsostek_cli.reports.province.control import HandedProvince, question_of
from jamsostek_cli.reports.province.notes import about, named
from jamsostek_cli.reports.province.withheld import SummedLine, withheld
from jamsostek_cli.reports.publication.withholding import is_small
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table
from jamsostek_cli.tables.table import Value as Cell

RETURNED: Final = (
    "city", "other_city", "person", "payer", "other_payer", "first_month", "last_month", "monthly",
)  # fmt: skip
"""The columns of what goes back to a city."""
_CODE = Column("city", coded=True, heading="col.city_code")
_OTHER_CODE = Column("other_city", coded=True, heading="col.other_city_code")
_NUMBERS: Final = (Column("people", Kind.COUNT), Column("months", Kind.COUNT), Column("amount", Kind.RUPIAH))
MOST_MONTHS: Final = 1_000
"""So many months the question tells apart."""
_LEAD: Final = ("people", "months", "amount")


def overlaps(engine: Engine, province: HandedProvince, span: Span, *, exact: bool) -> Report:
    """Return the months that two cities paid for one person, in a run of months.

    E680 where fewer than two cities handed over persons.
    """
    _demand_persons(province)
    found = engine.rows(question_of("overlaps"), head=_number(span.first), tail=_number(span.last))
    whole = next((row[4:] for row in found if row[0] is None), (0, 0, 0))
    pairs = [row for row in found if row[0] is not None and row[2] is None]
    parts = [row for row in found if row[2] is not None]
    gone, parted = (frozenset[Row](), frozenset[Row]()) if exact else _withheld(pairs, parts)
    told = exact or not is_small(int(str(whole[0] or 0)))
    return Report(
        name="province_overlaps",
        period=f"{span.first}..{span.last}" if span.first != span.last else str(span.first),
        as_of=datetime.date.fromisoformat(province.as_of),
        figures=(Figure("cities", len(province.persons)), *(_figures(whole) if told else ())),
        tables=(
            Table(
                key="province_pairs",
                columns=(_CODE, _OTHER_CODE, Column("pair"), *_NUMBERS),
                rows=[_pair(province, row, hidden=row[:2] in gone) for row in pairs],
                chart=("pair", "amount"),
                lead=("pair", *_LEAD),
            ),
            Table(
                key="province_overlaps",
                columns=(
                    _CODE,
                    Column("area", heading="col.city"),
                    Column("payer"),
                    _OTHER_CODE,
                    Column("other_area"),
                    Column("other_payer"),
                    *_NUMBERS,
                ),
                rows=[_part(province, row, hidden=row[:4] in parted) for row in parts],
                lead=("area", "payer", "other_area", "other_payer", *_LEAD),
            ),
        ),
        notes=(
            Note(key="province_overlaps"),
            *_apart(province),
            *([] if told else [Note(key="province_no_sum")]),
            *about(province, exact=exact, withheld=len(gone) + len(parted)),
        ),
    )


def _figures(whole: Sequence[object]) -> Sequence[Figure]:
    people, months, amount = (int(str(number or 0)) for number in whole)
    return (
        Figure("shared_people", people),
        Figure("shared_months", months),
        Figure("shared_amount", amount, Kind.RUPIAH),
    )


def _apart(province: HandedProvince) -> Sequence[Note]:
    if not province.counts:
        return ()
    return [Note(key="province_apart", facts={"cities": named(province, province.counts)})]


def _withheld(pairs: Sequence[Row], parts: Sequence[Row]) -> tuple[frozenset[Row], frozenset[Row]]:
    """Return the pairs of cities that are not shown, and what of pairs and payers is not."""
    people = {row[:2]: [int(str(row[4]))] for row in pairs}
    gone = withheld(people, [SummedLine(list(people))])
    parted = {row[:4]: [int(str(row[4]))] for row in parts}
    lines = [SummedLine([key for key in parted if key[:2] == pair], hidden=pair in gone) for pair in people]
    return gone, withheld(parted, lines)


def _number(month: Month) -> int:
    """Return how many months a month is from the year 0, as the question counts."""
    return month.year * 12 + month.month


def _demand_persons(province: HandedProvince) -> None:
    if len(province.persons) < 2:  # noqa: PLR2004 - two cities
        raise JcliError("E680", cities=named(province, province.counts) or "-")


def _pair(province: HandedProvince, row: Row, *, hidden: bool) -> tuple[Cell, ...]:
    one, other = (province.name(str(city)) for city in row[:2])
    return row[0], row[1], f"{one} – {other}", *_numbers(row, hidden=hidden)


def _part(province: HandedProvince, row: Row, *, hidden: bool) -> tuple[Cell, ...]:
    city, other, payer, other_payer, *_ = row
    return (
        city,
        province.name(str(city)),
        payer_of(str(payer)),
        other,
        province.name(str(other)),
        payer_of(str(other_payer)),
        *_numbers(row, hidden=hidden),
    )


def _numbers(row: Row, *, hidden: bool) -> Row:
    return (None, None, None) if hidden else row[4:]


def returned(engine: Engine, province: HandedProvince, span: Span, city: str) -> Sequence[Row]:
    """Return the rows that go back to a city: its own people, under their pseudonyms; E680, E681."""
    _demand_persons(province)
    if city not in province.persons:
        raise JcliError("E681", city=city, cities=named(province, province.persons))
    found = engine.rows(question_of("returned"), city=city, first=str(span.first), last=str(span.last))
    return [
        (city, other, person, payer, other_payer, first, last, monthly)
        for person, other, payer, other_payer, first, last, monthly in found
    ]


def write_returned(rows: Sequence[Row], path: Path) -> None:
    """Write what goes back to a city as CSV, the same bytes for the same rows."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(RETURNED)
        writer.writerows(rows)
