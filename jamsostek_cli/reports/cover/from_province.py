"""Months that another city paid as well, as the province found them: whose of ours they are.

A month counts once for each person and payer of ours, however many cities paid it.
"""

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import payer_of
from jamsostek_cli.domain.month import Month, Span, runs
from jamsostek_cli.domain.pseudonym import PseudonymKey
from jamsostek_cli.reports.cover.overlaps import PERSON, months_shown, payers
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table


class SharedMonths(NamedTuple):
    """Months that another city paid for a person (by number in the file), and our rupiah for each of them."""

    person: int
    payer: str
    other_city: str
    other_payer: str
    span: Span
    monthly: int


class _Somebody(NamedTuple):
    """Whose months they are."""

    id: int
    nik: str
    name: str
    kelurahan: str | None


class _OfSomebody(NamedTuple):
    """Somebody's months of one payer that other cities paid, with our rupiah for each month."""

    person: _Somebody
    payer: str
    cities: Collection[str]
    others: Collection[str]
    months: Mapping[Month, int]


def whose(connection: Connection, pseudonyms: Collection[str], key: PseudonymKey) -> dict[str, int]:
    """Return whose pseudonyms these are, by the number in the file of the person kept, without strangers."""
    wanted = {bytes.fromhex(one) for one in pseudonyms}
    records = connection.execute("SELECT person_id, nik FROM person_record")
    found = ((key.pseudonym(nik), person) for person, nik in records)
    return {pseudonym.hex(): person for pseudonym, person in found if pseudonym in wanted}


def overlaps(
    connection: Connection,
    shared: Iterable[SharedMonths],
    *,
    period: str,
    as_of: datetime.date,
    others: int,
    unknown: int,
) -> Report:
    """Return the months by person, and by city.

    `others` are lines of the file of other cities, `unknown` the pseudonyms that are nobody's here.
    """
    grouped: dict[tuple[int, str], list[SharedMonths]] = defaultdict(list)
    for one in shared:
        grouped[one.person, one.payer].append(one)
    people = _people(connection, {person for person, _ in grouped})
    lines = [
        _OfSomebody(
            people[person],
            payer,
            sorted({one.other_city for one in those}),
            sorted({one.other_payer for one in those}),
            _by_month(those),
        )
        for (person, payer), those in sorted(grouped.items())
    ]
    by_city: dict[str, list[SharedMonths]] = defaultdict(list)
    for one in (one for those in grouped.values() for one in those):
        by_city[one.other_city].append(one)
    return Report(
        name="overlaps_province",
        period=period,
        as_of=as_of,
        figures=(
            Figure("overlap_people", len(people)),
            Figure("overlap_months", sum(len(line.months) for line in lines)),
            Figure("overlap_amount", sum(sum(line.months.values()) for line in lines), Kind.RUPIAH),
            Figure("lines_of_others", others),
            Figure("unknown_pseudonyms", unknown),
        ),
        tables=(_by_person(lines), _by_city(by_city)),
        notes=(Note(key="overlaps_province"),),
    )


def _by_month(shared: Iterable[SharedMonths]) -> dict[Month, int]:
    """Return what each month cost; of one that several lines tell, the most."""
    months: dict[Month, int] = {}
    for one in shared:
        for month in one.span.months():
            months[month] = max(one.monthly, months.get(month, 0))
    return months


def _people(connection: Connection, workers: Collection[int]) -> dict[int, _Somebody]:
    rows = connection.execute(
        """
        SELECT worker.id, nik, worker.name, kelurahan.name
        FROM worker LEFT JOIN kelurahan ON kelurahan.code = kelurahan_code
        WHERE worker.id IN (SELECT value FROM json_each(?))
        """,
        (json.dumps([*workers]),),
    )
    return {one.id: one for one in (_Somebody(*row) for row in rows)}


def _by_person(lines: Sequence[_OfSomebody]) -> Table:
    return Table.of(
        "overlaps_province",
        lines,
        (
            *PERSON,
            Column("payer", of=lambda line: payer_of(line.payer)),
            Column("other_city", of=lambda line: ", ".join(line.cities)),
            Column("other_payer", of=lambda line: payers(", ".join(line.others))),
            Column("double_months", of=lambda line: " ".join(map(months_shown, runs(line.months)))),
            Column("months", Kind.COUNT, of=lambda line: len(line.months)),
            Column("amount", Kind.RUPIAH, of=lambda line: sum(line.months.values())),
        ),
        summed=("months", "amount"),
        lead=("worker", "name", "other_city", "double_months", "amount"),
    )


def _by_city(by_city: Mapping[str, Sequence[SharedMonths]]) -> Table:
    """Return the months by the city that paid them, too; those of two cities stand with both."""
    cities = [(city, those, _months(those)) for city, those in sorted(by_city.items())]
    return Table.of(
        "overlaps_cities",
        cities,
        (
            Column("other_city", of=lambda one: one[0]),
            Column("people", Kind.COUNT, of=lambda one: len({each.person for each in one[1]})),
            Column("months", Kind.COUNT, of=lambda one: len(one[2])),
            Column("amount", Kind.RUPIAH, of=lambda one: sum(one[2].values())),
        ),
    )


def _months(shared: Iterable[SharedMonths]) -> dict[tuple[int, str, Month], int]:
    """Return what each month of each person and payer cost."""
    of_each: dict[tuple[int, str], list[SharedMonths]] = defaultdict(list)
    for one in shared:
        of_each[one.person, one.payer].append(one)
    return {
        (*whose_, month): cost
        for whose_, those in of_each.items()
        for month, cost in _by_month(those).items()
    }
