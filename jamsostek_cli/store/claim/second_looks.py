"""Claims drawn for a second look, and what was found."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.second_look import ClaimRisk, LookFound
from jamsostek_cli.store.claim.claims import Claim


class LookCandidate(NamedTuple):
    """A verified claim of which a second look may be drawn; `risks` are those that the file tells."""

    id: int
    number: str
    risks: tuple[ClaimRisk, ...]


_VERIFIED: Final = """
    WITH account AS (
      SELECT claim.worker_id AS record, account FROM claim_family JOIN claim ON claim.id = claim_id
      WHERE account IS NOT NULL
      UNION
      SELECT claim.worker_id, account FROM payment JOIN claim ON claim.id = claim_id
      WHERE account IS NOT NULL AND voided = 0
    ), used AS (
      SELECT coalesce(merged_into, worker.id) AS person,
        replace(replace(replace(account, ' ', ''), '-', ''), '.', '') AS digits
      FROM account JOIN worker ON worker.id = record
    )
    SELECT claim.id, claim.number,
      claim_family.payee_capacity = 'other' OR EXISTS (
        SELECT 1 FROM payment WHERE claim_id = claim.id AND voided = 0 AND (
          capacity IS NULL OR capacity = 'other'
          OR (capacity = 'member' AND claim.kind IN ('jkm', 'jkk-death', 'scholarship'))
        )
      ),
      EXISTS (
        SELECT 1 FROM used AS one
        JOIN used AS other ON other.digits = one.digits AND other.person <> one.person
        WHERE one.person = coalesce(worker.merged_into, worker.id)
      ),
      claim.verified_on IN (claim.reported_on, claim.paid_on)
    FROM claim
    JOIN worker ON worker.id = claim.worker_id
    LEFT JOIN claim_family ON claim_family.claim_id = claim.id
    WHERE claim.state IN ('verified', 'paid') AND substr(claim.verified_on, 1, 7) = ?
    ORDER BY claim.id
"""
"""The claims verified in a month: whether their payee is no heir (or nobody knows in which capacity it was
paid), whether another family has the same account, and whether they were reported or paid on the day itself.
"""


def candidates(db: Connection, month: Month, overridden: Mapping[str, str]) -> list[LookCandidate]:
    """Return the claims verified in a month; `overridden` are those verified without all papers."""
    return [
        LookCandidate(
            claim_id,
            number,
            tuple(
                risk
                for risk, runs in (
                    (ClaimRisk.PAYEE_NO_HEIR, no_heir),
                    (ClaimRisk.SHARED_ACCOUNT, shared),
                    (ClaimRisk.OVERRIDE, number in overridden),
                    (ClaimRisk.SAME_DAY, one_day),
                )
                if runs
            ),
        )
        for claim_id, number, no_heir, shared, one_day in db.execute(_VERIFIED, (str(month),))
    ]


class SecondLook(NamedTuple):
    """A claim drawn for a second look, and what was found; nothing is found before somebody looked."""

    number: str
    name: str
    kind: ClaimKind
    amount: int | None
    verified_by: str | None
    verified_on: datetime.date | None
    month: str
    seed: int
    risks: tuple[ClaimRisk, ...]
    drawn_by: str
    drawn_on: datetime.date
    found: LookFound | None
    words: str | None
    looked_by: str | None
    looked_on: datetime.date | None


_LOOK: Final = """
    SELECT claim.number, worker.name, claim.kind,
      (SELECT sum(amount) FROM claim_line WHERE claim_line.claim_id = claim.id) AS amount, verified_by,
      verified_on, month, seed, risks, drawn_by, drawn_on, found, words, looked_by, looked_on
    FROM second_look
    JOIN claim ON claim.id = second_look.claim_id
    JOIN worker ON worker.id = claim.worker_id
"""


def _look_from(row: Mapping[str, Any]) -> SecondLook:
    dates = {
        name: row[name] and datetime.date.fromisoformat(row[name])
        for name in ("verified_on", "drawn_on", "looked_on")
    }
    words = {
        "kind": ClaimKind(row["kind"]),
        "risks": tuple(map(ClaimRisk, row["risks"].split())),
        "found": row["found"] and LookFound(row["found"]),
    }
    return SecondLook(**{**row, **dates, **words})


def drawn(db: Connection, month: Month, seed: int) -> list[SecondLook]:
    """Return what a seed has drawn of a month, in the order in which it was drawn."""
    query = f"{_LOOK} WHERE month = ? AND seed = ? ORDER BY second_look.id"
    return [_look_from(row) for row in db.query(query, (str(month), seed))]


def of_claim(db: Connection, claim: Claim) -> list[SecondLook]:
    """Return the second looks for which a claim was drawn, in order."""
    rows = db.query(f"{_LOOK} WHERE claim_id = ? ORDER BY second_look.id", (claim.id,))
    return [_look_from(row) for row in rows]


def add(
    db: Connection, chosen: Iterable[LookCandidate], *, month: Month, seed: int, by: str, on: datetime.date
) -> None:
    """Record claims as drawn."""
    db.executemany(
        """
        INSERT INTO second_look (claim_id, month, seed, risks, drawn_by, drawn_on) VALUES (?, ?, ?, ?, ?, ?)
        """,
        [(one.id, str(month), seed, " ".join(one.risks), by, on.isoformat()) for one in chosen],
    )


def looked(
    db: Connection,
    claim: Claim,
    looks: Sequence[SecondLook],
    *,
    found: LookFound,
    words: str,
    by: str,
    on: datetime.date,
) -> None:
    """Record what was found of a claim, for every draw in `looks`."""
    db.executemany(
        """
        UPDATE second_look SET found = ?, words = ?, looked_by = ?, looked_on = ?
        WHERE claim_id = ? AND month = ? AND seed = ?
        """,
        [(found.value, words, by, on.isoformat(), claim.id, look.month, look.seed) for look in looks],
    )
