"""What stands beside people and claims in every drop: the city's areas, its denominators, and its own totals.

The totals are reckoned by other roads than the tables, so that whoever receives a drop can compare.
"""

import datetime
from collections.abc import Mapping
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.drop import COMMON, DropLevel
from jamsostek_cli.domain.iuran import read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.reports.coverage.count import Breakdown, Headcount
from jamsostek_cli.reports.coverage.window import Window
from jamsostek_cli.reports.drop.columns import Column, turned
from jamsostek_cli.reports.drop.counts import CountedCell, is_withheld
from jamsostek_cli.reports.drop.register import Billed
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
CLAIMED: Final = """
    SELECT count(*), coalesce(sum(amount), 0) FROM v_claim AS one WHERE reported_on <= :day AND NOT EXISTS (
      SELECT 1 FROM v_claim AS earlier WHERE earlier.number = one.reopens AND earlier.decided_on > :day
    )
"""


def areas(connection: Connection) -> Mapping[str, Column]:
    """Return the columns of `areas`."""
    return turned(COMMON["areas"], connection.execute(AREAS).fetchall())


def workforce(connection: Connection, level: DropLevel) -> Mapping[str, Column]:
    """Return the columns of `workforce`; where nobody is to be told, small figures are left out."""
    few = is_small if level is DropLevel.COUNTS else _never
    rows = [
        (
            year, area, segment,
            None if few(workers) else workers,
            None if few(elsewhere) or few(workers - elsewhere) else elsewhere,
            hidden(source),
        )
        for year, area, segment, workers, elsewhere, source in connection.execute(WORKFORCE)
    ]  # fmt: skip
    return turned(COMMON["workforce"], rows)


def _never(_: int) -> bool:
    return False


def totals(connection: Connection, as_of: datetime.date, level: DropLevel, billed: Billed) -> dict[str, int]:
    """Return what the city itself says of people, months and claims, by measure.

    Where nobody is to be told, what is small, or gives away what is small, is left out.
    """
    month = Month.of(as_of)
    counted = Headcount(connection, Window.between(month.plus(-1).last_day, as_of, None), Breakdown()).whole()
    people = CountedCell(counted.counts.registered, counted.counts.enrolled, counted.counts.protected)
    claims, amount = connection.execute(CLAIMED, {"day": as_of.isoformat()}).fetchone()
    made = {
        **people._asdict(),
        "billed": _billed(connection, month, billed),
        "claims": claims,
        "claims_amount": amount,
        **({} if counted.listed is None else {"members_elsewhere": counted.listed}),
    }
    if level is DropLevel.PERSONS:
        return made
    few, listed = is_withheld(people), counted.listed or 0
    left_out = {
        **dict.fromkeys((*people._fields, "billed"), few),
        **dict.fromkeys(("claims", "claims_amount"), is_small(claims)),
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
