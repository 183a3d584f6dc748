"""People whom a bill, an invoice or a credit speaks of: what the register knows of them."""

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any, Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import EndReason, EnrolmentStatus
from jamsostek_cli.domain.iuran import Payer, payer_of
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.worker import WorkerStatus
from jamsostek_cli.rules.cover.leaving import Membership, PersonFacts

_span: Final = lru_cache(maxsize=4096)(Span.parse)
"""Read a run of months; a city has few different ones."""


def names(connection: Connection, worker_ids: Iterable[int]) -> list[tuple[int, str, str]]:
    """Return id, NIK and name of workers."""
    return connection.execute(
        "SELECT id, nik, name FROM worker WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(worker_ids)),),
    ).fetchall()


def on_bills(connection: Connection, month: Month, payer: Payer) -> list[tuple[int, str, str, int]]:
    """Return id, NIK, name and rupiah of everybody whom the bills of a payer's month charge, by name."""
    return connection.execute(
        """
        SELECT worker.id, nik, name, sum(amount) FROM v_bill_line JOIN worker ON worker.id = worker_id
        WHERE month = ? AND payer = ? GROUP BY worker.id ORDER BY name, worker.id
        """,
        (str(month), payer.value),
    ).fetchall()


def facts(connection: Connection, worker_ids: Iterable[int]) -> dict[int, PersonFacts]:
    """Return workers by id."""
    return {person.worker_id: person for person in _facts(connection, "id", list(worker_ids))}


def known(connection: Connection, niks: Collection[str]) -> list[PersonFacts]:
    """Return those of the NIKs that the register knows."""
    return _facts(connection, "nik", list(niks))


def _facts(connection: Connection, column: str, wanted: list[Any]) -> list[PersonFacts]:
    rows = connection.execute(
        f"""
        SELECT worker.id, nik, name, status, birth_date, died_on, merged_into
        FROM json_each(?) CROSS JOIN worker ON worker.{column} = json_each.value
        """,
        (json.dumps(wanted),),
    ).fetchall()
    ids = json.dumps([row[0] for row in rows])
    memberships, listed = _memberships(connection, ids), _listed(connection, ids)
    return [
        PersonFacts(
            worker_id=worker_id,
            nik=nik,
            name=name,
            status=WorkerStatus(status),
            born=datetime.date.fromisoformat(born),
            died_on=None if died is None else datetime.date.fromisoformat(died),
            merged_into=merged_into,
            memberships=tuple(memberships[worker_id]),
            listed=tuple(listed[worker_id]),
        )
        for worker_id, nik, name, status, born, died, merged_into in rows
    ]


def _memberships(connection: Connection, ids: str) -> defaultdict[int, list[Membership]]:
    """Return by worker the enrolments that BPJS has or had; a refused one never was."""
    memberships: defaultdict[int, list[Membership]] = defaultdict(list)
    for worker_id, enrolment_id, payer, first, last, status, reason in connection.execute(
        """
        SELECT worker_id, enrolment.id, payer, start_month, end_month, status, end_reason
        FROM json_each(?) CROSS JOIN enrolment ON worker_id = json_each.value
        WHERE status IN ('active', 'ended') ORDER BY start_month
        """,
        (ids,),
    ):
        end_reason = None if reason is None else EndReason(reason)
        membership = Membership(
            enrolment_id, Payer(payer), _span(first, last), EnrolmentStatus(status), end_reason
        )
        memberships[worker_id].append(membership)
    return memberships


def _listed(connection: Connection, ids: str) -> defaultdict[int, list[tuple[str, Span]]]:
    """Return by worker the months in which lists say that somebody else pays."""
    listed: defaultdict[int, list[tuple[str, Span]]] = defaultdict(list)
    for worker_id, payer, first, last in connection.execute(
        """
        SELECT worker.id, payer, first_month, last_month
        FROM json_each(?) CROSS JOIN worker ON worker.id = json_each.value
        CROSS JOIN elsewhere ON elsewhere.nik = worker.nik ORDER BY first_month, payer
        """,
        (ids,),
    ):
        listed[worker_id].append((payer_of(payer), _span(first, last)))
    return listed
