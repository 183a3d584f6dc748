"""What was done to a claim, as the audit tells it."""

import json
from typing import NamedTuple

from jamsostek_cli.connection import Connection


class ClaimStep(NamedTuple):
    """What was done to a claim: the number of its audit row, when, by whom, what, why."""

    seq: int
    at: str
    actor: str
    action: str
    reason: str


def history(db: Connection, number: str) -> list[ClaimStep]:
    """Return what was done to a claim, in order, with the reason for this one where many were dealt with."""
    rows = db.query(
        """
        SELECT seq, at, actor, action,
          coalesce(json_extract(after, '$."' || :number || '".reason'), reason) AS reason
        FROM audit
        WHERE (action GLOB 'claim.*' OR action = 'bpjs.claims')
          AND instr(' ' || subject || ' ', ' ' || :number || ' ') > 0
        ORDER BY seq
        """,
        {"number": number},
    )
    return [ClaimStep(**row) for row in rows]


def told_by(db: Connection, number: str) -> list[str]:
    """Return who has put right what a claim rests on: they do not verify it."""
    return [step.actor for step in history(db, number) if step.action == "claim.set"]


class Verification(NamedTuple):
    """How a claim was verified last.

    `decision` is the reason for verifying it although money hung on open facts. `passed` are the workers (by
    number) who might be the same person and were let pass; None where an older record does not name them and
    somebody gave a reason for going on.
    """

    decision: str | None
    passed: tuple[str, ...] | None


def verification(db: Connection, number: str) -> Verification:
    """Return how a claim was verified last; of one that never was, nothing was decided or let pass."""
    row = db.execute(
        """
        SELECT after FROM audit
        WHERE action = 'claim.verify' AND instr(' ' || subject || ' ', ' ' || ? || ' ') > 0
        ORDER BY seq DESC LIMIT 1
        """,
        (number,),
    ).fetchone()
    said = {} if row is None else json.loads(row[0])[number]
    unnamed = None if said.get("undecided") else ()
    return Verification(said.get("decision"), tuple(said["pairs"]) if "pairs" in said else unnamed)


def overridden(db: Connection) -> dict[str, str]:
    """Return the claims that were verified last without all papers, by number, with the reason for it."""
    reasons: dict[str, str] = {}
    for (after,) in db.execute("SELECT after FROM audit WHERE action = 'claim.verify' ORDER BY seq"):
        for number, said in json.loads(after).items():
            if isinstance(said, dict):  # beside the claims stands the mark of the city's own values
                reasons.pop(number, None)
                if said.get("missing") and said.get("override"):
                    reasons[number] = said["override"]
    return reasons
