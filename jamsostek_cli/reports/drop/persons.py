"""The tables of a drop that hold persons, each under a pseudonym, in the order of the pseudonyms.

Claims have pseudonyms, too: their numbers would tell the office. So a file does not tell who came first into
the register, and says the same whenever it is made.
"""

import datetime
from collections.abc import Mapping
from typing import Final

import numpy as np

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.drop import PERSONS
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.domain.pseudonym import PseudonymKey
from jamsostek_cli.reports.claim_standing import AS_OF
from jamsostek_cli.reports.drop.columns import Column, Numbers, TextColumn, turned
from jamsostek_cli.reports.drop.counts import WAITED
from jamsostek_cli.reports.drop.register import KNOWN, DropPeople, DropSpans

ELSEWHERE: Final = f"""
    SELECT kept.nik, elsewhere.payer, first_month, min(last_month, :month)
    FROM elsewhere JOIN worker ON worker.nik = elsewhere.nik
    JOIN worker AS kept ON kept.id = coalesce(worker.merged_into, worker.id)
    WHERE first_month <= :month AND {KNOWN}
"""
CLAIMS: Final = f"""
    SELECT kept.nik, one.number, one.kind, substr(one.event_date, 1, 7), one.reported_on, one.state,
      CASE WHEN claim.verified_on <= :day THEN claim.verified_on END,
      CASE WHEN one.paid_on <= :day THEN one.paid_on END,
      {WAITED},
      one.amount
    FROM ({AS_OF}) AS one JOIN claim ON claim.number = one.number
    JOIN worker ON worker.id = one.worker_id
    JOIN worker AS kept ON kept.id = coalesce(worker.merged_into, worker.id)
    WHERE one.reported_on <= :day AND {KNOWN}
"""


def tables(
    connection: Connection,
    as_of: datetime.date,
    people: DropPeople,
    spans: DropSpans,
    key: PseudonymKey,
    city: str,
) -> dict[str, Mapping[str, Column]]:
    """Return the columns of each table; `city` is the code under which its claims are told from others'."""
    order = np.lexsort((people.pseudonyms[:, 1], people.pseudonyms[:, 0]))
    rows = np.empty(len(order), np.int32)
    rows[order] = np.arange(len(order), dtype=np.int32)
    return {
        "people": _people(people, order),
        "paid": _paid(people, spans, rows),
        "elsewhere": _elsewhere(connection, as_of, key),
        "claims": _claims(connection, as_of, key, city),
    }


def _people(people: DropPeople, order: Numbers) -> dict[str, Column]:
    return {
        "person": people.pseudonyms[order],
        "kelurahan_code": people.kelurahan.at(order),
        "sex": people.sex.at(order),
        "age_band": people.age.at(order),
        "status": people.status.at(order),
        "died_month": people.died_month.at(order),
        "enrolled": people.enrolled[order].astype(np.int32),
        "payer": people.payer.at(order),
    }


def _paid(people: DropPeople, spans: DropSpans, rows: Numbers) -> dict[str, Column]:
    order = np.lexsort((spans.runs, rows[spans.people]))
    runs = spans.runs[order]
    payers, first, last, programmes, monthly = zip(*spans.kinds, strict=True) if spans.kinds else [()] * 5
    return {
        "person": people.pseudonyms[spans.people[order]],
        "payer": TextColumn.of(runs, payers),
        "programmes": TextColumn.of(runs, programmes),
        "first_month": TextColumn.of(runs, first),
        "last_month": TextColumn.of(runs, last),
        "monthly": np.array(monthly, np.int64)[runs],
    }


def _elsewhere(connection: Connection, as_of: datetime.date, key: PseudonymKey) -> Mapping[str, Column]:
    found = connection.execute(ELSEWHERE, {"month": str(Month.of(as_of)), "day": as_of.isoformat()})
    rows = sorted((key.pseudonym(nik).hex(), hidden(payer), *rest) for nik, payer, *rest in found)
    return turned(PERSONS["elsewhere"], rows)


def _claims(
    connection: Connection, as_of: datetime.date, key: PseudonymKey, city: str
) -> Mapping[str, Column]:
    found = connection.execute(CLAIMS, {"day": as_of.isoformat()})
    rows = sorted(
        (key.claim(city, number).hex(), key.pseudonym(nik).hex(), *rest) for nik, number, *rest in found
    )
    return turned(PERSONS["claims"], rows)
