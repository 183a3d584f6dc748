"""A year's claims: what each is worth, what was paid of it by whom, and what deserves a second look."""

import json
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import Cause, ClaimKind, ClaimState, Component, benefactor_of
from jamsostek_cli.domain.family import Capacity
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.domain.second_look import ClaimRisk
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import done, word

_UNUSUAL: Final = (
    *("claim.close", "claim.void", "claim.reopen", "claim.return", "claim.set", "claim.take-back"),
    *("iuran.void", "batch.undo", "worker.alive", "worker.part", "worker.unmask", "nik.file"),
)
"""Acts that leave the usual way, whatever their reason."""


def of_year(db: Connection, year: int) -> dict[int, str]:
    """Return the claims that were reported, verified or paid (in part) in a year: id and number."""
    rows = db.execute(
        """
        SELECT id, number FROM claim
        WHERE reported_on GLOB :year OR verified_on GLOB :year OR paid_on GLOB :year
          OR id IN (SELECT claim_id FROM payment WHERE paid_on GLOB :year)
        ORDER BY id
        """,
        {"year": f"{year}-*"},
    )
    return dict(rows.fetchall())


def tables(
    db: Connection, claims: Mapping[int, str], risks: Sequence[tuple[str, Collection[ClaimRisk], str]]
) -> list[Table]:
    """Return claims with their lines and payments; `risks` are (number, risks, reason for an override)."""
    chosen = json.dumps(list(claims))
    return [_claims(db, chosen), _lines(db, chosen), _payments(db, chosen), _risks(risks)]


def _claims(db: Connection, chosen: str) -> Table:
    rows = db.execute(
        """
        SELECT claim.number, claim.worker_id, claim.kind, claim.cause, claim.event_date, claim.reported_on,
          claim.state, coalesce((SELECT sum(amount) FROM claim_line WHERE claim_id = claim.id), 0),
          coalesce((SELECT sum(amount) FROM payment WHERE claim_id = claim.id), 0), claim.created_by,
          claim.verified_by, claim.verified_on, claim.approved_by, claim.paid_by, claim.paid_on,
          earlier.number
        FROM claim LEFT JOIN claim AS earlier ON earlier.id = claim.reopens
        WHERE claim.id IN (SELECT value FROM json_each(?)) ORDER BY claim.id
        """,
        (chosen,),
    )
    return Table.of(
        "pack_claims",
        rows,
        (
            Column("number", of=lambda row: row[0]),
            Column("worker", of=lambda row: number_of(row[1])),
            Column("kind", of=lambda row: ClaimKind(row[2])),
            Column("cause", of=lambda row: Cause(row[3])),
            Column("event_date", Kind.DATE, of=lambda row: row[4]),
            Column("reported_on", Kind.DATE, of=lambda row: row[5]),
            Column("state", of=lambda row: ClaimState(row[6])),
            Column("amount", Kind.RUPIAH, of=lambda row: row[7]),
            Column("paid", Kind.RUPIAH, of=lambda row: row[8]),
            Column("difference", Kind.RUPIAH, of=lambda row: row[8] - row[7] if row[8] else None),
            Column("created_by", of=lambda row: row[9]),
            Column("verified_by", of=lambda row: row[10]),
            Column("verified_on", Kind.DATE, of=lambda row: row[11]),
            Column("approved_by", of=lambda row: row[12]),
            Column("paid_by", of=lambda row: row[13]),
            Column("paid_on", Kind.DATE, of=lambda row: row[14]),
            Column("reopens", of=lambda row: row[15]),
        ),
        summed=("amount", "paid"),
    )


def _lines(db: Connection, chosen: str) -> Table:
    rows = db.execute(
        """
        SELECT number, kind, line, component, amount, citation FROM claim_line
        JOIN claim ON claim.id = claim_id
        WHERE claim_id IN (SELECT value FROM json_each(?)) ORDER BY claim_id, line
        """,
        (chosen,),
    )
    return Table.of(
        "pack_claim_lines",
        rows,
        (
            Column("number", of=lambda row: row[0]),
            Column("kind", of=lambda row: ClaimKind(row[1])),
            Column("line", Kind.COUNT, of=lambda row: row[2]),
            Column("component", of=lambda row: Component(row[3])),
            Column("amount", Kind.RUPIAH, of=lambda row: row[4]),
            Column("citation", of=lambda row: row[5]),
        ),
        summed=("amount",),
    )


def _payments(db: Connection, chosen: str) -> Table:
    rows = db.execute(
        """
        SELECT number, kind, line, amount, payment.paid_on, payer, proof, capacity, voided,
          (SELECT actor FROM audit WHERE seq = audit_seq), audit_seq
        FROM payment JOIN claim ON claim.id = claim_id
        WHERE claim_id IN (SELECT value FROM json_each(?)) ORDER BY claim_id, payment.id
        """,
        (chosen,),
    )
    return Table.of(
        "pack_payments",
        rows,
        (
            Column("number", of=lambda row: row[0]),
            Column("kind", of=lambda row: ClaimKind(row[1])),
            Column("line", Kind.COUNT, of=lambda row: row[2]),
            Column("amount", Kind.RUPIAH, of=lambda row: row[3]),
            Column("paid_on", Kind.DATE, of=lambda row: row[4]),
            Column("payer", of=lambda row: benefactor_of(row[5])),
            Column("proof", of=lambda row: row[6]),
            Column("capacity", of=lambda row: row[7] and Capacity(row[7])),
            Column("voided", Kind.FLAG, of=lambda row: bool(row[8])),
            Column("actor", of=lambda row: row[9]),
            Column("seq", Kind.COUNT, of=lambda row: row[10]),
        ),
        summed=("amount",),
    )


def _risks(risks: Sequence[tuple[str, Collection[ClaimRisk], str]]) -> Table:
    return Table.of(
        "pack_risks",
        risks,
        (
            Column("number", of=lambda row: row[0]),
            Column("risks", of=lambda row: Coded(" ".join(row[1]), ", ".join(map(word, row[1])))),
            Column("reason", of=lambda row: hidden(row[2])),
        ),
    )


def exceptions(db: Connection, year: int, numbers: AbstractSet[str], last: int) -> Table:
    """Return the acts of a year, or on its claims, up to a number, that left the usual way, with who and why.

    They are: verified although something was missing or open, paid with a reason, closed, taken back,
    reopened, sent back, undone; and looks at whole NIKs.
    """
    rows = []
    for seq, at, actor, action, subject, reason in db.execute(
        f"""
        SELECT seq, at, actor, action, subject, reason FROM audit
        WHERE seq <= ? AND (action IN ({", ".join(repr(action) for action in _UNUSUAL)})
          OR action IN ('claim.verify', 'claim.pay') AND reason <> '')
        ORDER BY seq
        """,
        (last,),
    ):
        if figures.local_day(at).year == year or not numbers.isdisjoint(subject.split()):
            rows.append((seq, at, actor, action, subject, reason))
    return Table.of(
        "pack_exceptions",
        rows,
        (
            Column("seq", Kind.COUNT, of=lambda row: row[0]),
            Column("at", Kind.MOMENT, of=lambda row: row[1]),
            Column("actor", of=lambda row: row[2]),
            Column("action", of=lambda row: done(row[3])),
            Column("subject", of=lambda row: row[4]),
            Column("reason", of=lambda row: hidden(row[5])),
        ),
    )
