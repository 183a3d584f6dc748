"""What stands beside people and claims in every drop: the city's areas, its denominators, and its own totals.

The totals are reckoned by other roads than the tables, so that whoever receives a drop can compare.
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.drop import COMMON, DropLevel
from jamsostek_cli.domain.iuran import read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.reports.coverage.count import Breakdown, Headcount
from jamsostek_cli.reports.coverage.window import Window
from jamsostek_cli.reports.drop.columns import Column, turned
from jamsostek_cli.reports.drop.counts import CountedCell, is_withheld, open_states, waiting
from jamsostek_cli.reports.drop.register import KNOWN, Billed
from jamsostek_cli.reports.province.withheld import SummedLine, withheld
from jamsostek_cli.reports.publication.withholding import is_small

AREAS: Final = "SELECT code, name, kecamatan_code, kecamatan FROM kelurahan ORDER BY code"
WORKFORCE: Final = """
    SELECT year, area_code, segment, workers, protected_elsewhere, source FROM v_workforce
    ORDER BY year, area_code, segment
"""
BILLED: Final = "SELECT coalesce(sum(amount), 0) FROM bill WHERE state = 'paid' AND month = :month"
TAKEN_BACK: Final = """
    SELECT payer, sector, basis, programmes, supplement_payment_id, count(*)
    FROM correction_span JOIN enrolment ON enrolment.id = correction_span.enrolment_id
    WHERE first_month <= :month AND last_month >= :month GROUP BY 1, 2, 3, 4, 5
"""
CLAIMED: Final = f"""
    SELECT count(*), coalesce(sum(one.amount), 0) FROM v_claim AS one
    JOIN worker ON worker.id = one.worker_id
    JOIN worker AS kept ON kept.id = coalesce(worker.merged_into, worker.id)
    WHERE one.reported_on <= :day AND {KNOWN} AND NOT EXISTS (
      SELECT 1 FROM v_claim AS earlier WHERE earlier.number = one.reopens AND earlier.decided_on > :day
    )
"""

_Denominator = tuple[int, str, str]
"""The year, the segment and the area of a figure."""


def areas(connection: Connection) -> Mapping[str, Column]:
    """Return the columns of `areas`."""
    return turned(COMMON["areas"], connection.execute(AREAS).fetchall())


def workforce(connection: Connection, level: DropLevel, city: str) -> Mapping[str, Column]:
    """Return the columns of `workforce`; `city` is the code of the whole.

    Where nobody is to be told, small figures are left out, and what would give them away by subtraction.
    """
    rows = connection.execute(WORKFORCE).fetchall()
    few, few_elsewhere = frozenset[_Denominator](), frozenset[_Denominator]()
    if level is DropLevel.COUNTS:
        kecamatan = {code: whole for code, _, whole, _ in connection.execute(AREAS)}
        counts = {(year, of, area): (workers, there) for year, area, of, workers, there, _ in rows}
        few = _left_out({at: (workers,) for at, (workers, _) in counts.items()}, kecamatan, city)
        pairs = {at: (there, workers - there) for at, (workers, there) in counts.items()}
        few_elsewhere = _left_out(pairs, kecamatan, city)
    told = [
        (
            year, area, segment,
            None if (year, segment, area) in few else workers,
            None if (year, segment, area) in few_elsewhere else elsewhere,
            hidden(source),
        )
        for year, area, segment, workers, elsewhere, source in rows
    ]  # fmt: skip
    return turned(COMMON["workforce"], told)


def _left_out(
    counts: Mapping[_Denominator, Sequence[int]], kecamatan: Mapping[str, str], city: str
) -> frozenset[_Denominator]:
    """Return whose counts are left out: the kelurahan are taken for all of their kecamatan and of the city.

    Where a figure is left out that is the sum of others, one of these has to go with it: so they are gone
    through until nothing more goes.
    """
    lines: dict[tuple[_Denominator, str], list[_Denominator]] = defaultdict(list)
    for year, segment, area in counts:
        if area in kecamatan:
            lines[(year, segment, kecamatan[area]), "kelurahan"].append((year, segment, area))
        if area != city:
            kind = "kelurahan" if area in kecamatan else "kecamatan"
            lines[(year, segment, city), kind].append((year, segment, area))
    gone, before = frozenset[_Denominator](), None
    while gone != before:
        before = gone
        sums = [SummedLine(parts, hidden=whole in gone) for (whole, _), parts in lines.items()]
        gone = withheld(counts, sums, beside=gone)
    return gone


def totals(connection: Connection, as_of: datetime.date, level: DropLevel, billed: Billed) -> dict[str, int]:
    """Return what the city itself says of people, months and claims, by measure.

    Where nobody is to be told, what is small, or gives away what is small, is left out: so are the rupiah of
    the month, which divided by the rate say for how many was paid who died in it, and the rupiah of all
    claims where those of some are withheld.
    """
    month = Month.of(as_of)
    counted = Headcount(connection, Window.between(month.plus(-1).last_day, as_of, None), Breakdown()).whole()
    people = CountedCell(counted.counts.registered, counted.counts.enrolled, counted.counts.protected)
    claims, amount = connection.execute(CLAIMED, {"day": as_of.isoformat()}).fetchone()
    made = {
        **people._asdict(),
        "claims": claims,
        "claims_amount": amount,
        **({} if counted.listed is None else {"members_elsewhere": counted.listed}),
    }
    if level is DropLevel.PERSONS:
        return {**made, "billed": _billed(connection, month, billed)}
    few, listed = is_withheld(people), counted.listed or 0
    left_out = {
        **dict.fromkeys(people._fields, few),
        "claims": is_small(claims),
        "claims_amount": None in open_states(waiting(connection, as_of)).values(),
        "members_elsewhere": few or is_small(listed) or is_small(people.registered - listed),
    }
    return {name: value for name, value in made.items() if not left_out[name]}


def _billed(connection: Connection, month: Month, billed: Billed) -> int:
    """Return the rupiah that were billed for a month and paid, without what was taken back since."""
    facts = {"month": str(month)}
    (amount,) = connection.execute(BILLED, facts).fetchone()
    rates, span = billed(()), Span(month, month)
    back = sum(
        many * rates.charged(read_terms(*terms), span, payment)
        for *terms, payment, many in connection.execute(TAKEN_BACK, facts)
    )
    return int(amount - back)
