"""Claims with their lines."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import Cause, ClaimKind, ClaimState, Component
from jamsostek_cli.domain.rejection import RejectionReason
from jamsostek_cli.errors import JcliError


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim as stored; `amount` is the sum of the lines in rupiah, None without lines.

    `paid` is the sum of its payments in rupiah, without those that were voided.
    """

    id: int
    number: str
    worker_id: int
    nik: str
    name: str
    kind: ClaimKind
    cause: Cause
    event_date: datetime.date
    reported_on: datetime.date
    state: ClaimState
    amount: int | None
    paid: int
    question: str | None
    confirmed: str | None
    created_by: str
    verified_by: str | None
    verified_on: datetime.date | None
    paid_by: str | None
    paid_on: datetime.date | None
    reopens: str | None
    decided_on: datetime.date | None
    approved_by: str | None
    approved_on: datetime.date | None
    submitted_on: datetime.date | None
    receipt: str | None
    filed_by: str | None
    rejected_for: RejectionReason | None

    @property
    def needs_confirmation(self) -> bool:
        """Whether the law leaves a question open that nobody has answered yet."""
        return self.question is not None and self.confirmed is None

    @property
    def owed(self) -> int | None:
        """The rupiah still to be paid; None before the claim is verified."""
        return domain.owed(self.state, self.amount, self.paid)

    @property
    def difference(self) -> int | None:
        """The rupiah paid beyond what was due (below 0: short of it); None before the claim is paid."""
        return domain.difference(self.state, self.amount, self.paid)


_CLAIM: Final = """
    SELECT claim.id, v.number, v.worker_id, v.nik, v.kind, v.cause, v.event_date, v.reported_on, v.state,
      v.amount, v.question, v.confirmed, v.created_by, v.verified_by, v.verified_on, v.paid_by, v.paid_on,
      v.reopens, v.decided_on, v.approved_by, v.approved_on, v.submitted_on, v.receipt, v.filed_by,
      v.rejected_for,
      (SELECT coalesce(sum(amount), 0) FROM payment WHERE claim_id = claim.id AND voided = 0) AS paid,
      (SELECT name FROM worker WHERE worker.id = v.worker_id) AS name
    FROM v_claim AS v JOIN claim ON claim.number = v.number
"""


_DATES: Final = tuple(
    "event_date reported_on submitted_on verified_on paid_on decided_on approved_on".split()
)


def _claim_from(row: Mapping[str, Any]) -> Claim:
    dates = {name: None if row[name] is None else datetime.date.fromisoformat(row[name]) for name in _DATES}
    words = {
        "kind": ClaimKind(row["kind"]),
        "cause": Cause(row["cause"]),
        "state": ClaimState(row["state"]),
        "rejected_for": row["rejected_for"] and RejectionReason(row["rejected_for"]),
    }
    return Claim(**{**row, **dates, **words})


def find(db: Connection, number: str) -> Claim:
    """Return a claim by its number (`K-2025-0107`); E402 when there is none."""
    for row in db.query(f"{_CLAIM} WHERE v.number = ?", (number.strip().upper(),)):
        return _claim_from(row)
    raise JcliError("E402", claim=number)


def live_for(
    db: Connection,
    worker_id: int,
    kinds: Iterable[ClaimKind],
    event_date: datetime.date | None,
    school_year: int | None = None,
) -> str | None:
    """Return the number of a worker's claim of one of the kinds that is neither rejected nor withdrawn.

    Only one for the event, or for the school year, where these are given.
    """
    day = None if event_date is None else event_date.isoformat()
    chosen = list(kinds)
    marks = ", ".join("?" * len(chosen))
    row = db.execute(
        f"""
        SELECT number FROM claim
        WHERE worker_id = ? AND kind IN ({marks}) AND state NOT IN ('rejected', 'withdrawn')
          AND (? IS NULL OR event_date = ?) AND (? IS NULL OR school_year = ?)
        """,
        (worker_id, *chosen, day, day, school_year, school_year),
    ).fetchone()
    return None if row is None else str(row[0])


def add(
    db: Connection,
    *,
    year: int,
    worker_id: int,
    kind: ClaimKind,
    cause: Cause,
    event_date: datetime.date,
    reported_on: datetime.date,
    created_by: str,
    reopens: int | None = None,
) -> str:
    """Add a claim in state `reported` and return its number, counted within the year of the report."""
    prefix = f"K-{year}-"
    (serial,) = db.execute(
        "SELECT coalesce(max(CAST(substr(number, 8) AS INTEGER)), 0) + 1 FROM claim WHERE number GLOB ?",
        (f"{prefix}*",),
    ).fetchone()
    number = f"{prefix}{serial:04d}"
    db.table("claim").insert(
        {
            "number": number,
            "worker_id": worker_id,
            "kind": kind.value,
            "cause": cause.value,
            "event_date": event_date.isoformat(),
            "reported_on": reported_on.isoformat(),
            "state": ClaimState.REPORTED.value,
            "created_by": created_by,
            "reopens": reopens,
        }
    )
    return number


class ClaimLine(NamedTuple):
    """A line of a claim as stored: its number, what it pays, rupiah, the article it rests on."""

    line: int
    component: Component
    amount: int
    citation: str


_LINE: Final = ", ".join(ClaimLine._fields)


def set_lines(
    db: Connection, claim_id: int, lines: Sequence[tuple[str, int, str]], question: str | None
) -> None:
    """Store what a claim is worth: (component, rupiah, citation) a line, and the open question, if any."""
    db.table("claim_line").delete_where("claim_id = ?", [claim_id])
    db.executemany(
        "INSERT INTO claim_line (claim_id, line, component, amount, citation) VALUES (?, ?, ?, ?, ?)",
        [(claim_id, number, *line) for number, line in enumerate(lines, 1)],
    )
    db.table("claim").update(claim_id, {"question": question})


def lines(db: Connection, claim_id: int) -> list[ClaimLine]:
    """Return the lines of a claim, in order."""
    rows = db.table("claim_line").rows_where("claim_id = ?", [claim_id], order_by="line", select=_LINE)
    return [ClaimLine(**{**row, "component": Component(row["component"])}) for row in rows]


def move(db: Connection, claim: Claim, to: ClaimState, *, on: datetime.date) -> None:
    """Move a claim on a day, provided it still is where it was read; E409 when somebody else was faster."""
    moved = db.execute(
        """
        UPDATE claim SET state = :to, paid_by = NULL, paid_on = NULL,
          decided_on = CASE WHEN :to IN ('rejected', 'withdrawn') THEN :day END
        WHERE id = :claim AND state = :state
        """,
        {"to": to.value, "day": on.isoformat(), "claim": claim.id, "state": claim.state.value},
    ).rowcount
    _moved_once(moved, claim, to)


def send_back(db: Connection, claim: Claim, to: ClaimState) -> None:
    """Move a verified claim to a state before that, as if nobody had verified it."""
    moved = db.execute(
        """
        UPDATE claim SET state = ?, verified_by = NULL, verified_on = NULL, question = NULL, confirmed = NULL,
          approved_by = NULL, approved_on = NULL
        WHERE id = ? AND state = 'verified'
        """,
        (to.value, claim.id),
    ).rowcount
    _moved_once(moved, claim, to)


def verify(db: Connection, claim: Claim, *, by: str, on: datetime.date, confirmed: str | None) -> None:
    """Move a claim to `verified`."""
    moved = db.execute(
        """
        UPDATE claim SET state = 'verified', verified_by = ?, verified_on = ?, confirmed = ?
        WHERE id = ? AND state = ?
        """,
        (by, on.isoformat(), confirmed, claim.id, claim.state),
    ).rowcount
    _moved_once(moved, claim, ClaimState.VERIFIED)


def approve(db: Connection, claim: Claim, *, by: str, on: datetime.date) -> None:
    """Record that the head has approved a verified claim."""
    db.table("claim").update(claim.id, {"approved_by": by, "approved_on": on.isoformat()})


def pay(db: Connection, claim: Claim, *, by: str, on: datetime.date) -> None:
    """Move a claim to `paid`."""
    moved = db.execute(
        "UPDATE claim SET state = 'paid', paid_by = ?, paid_on = ? WHERE id = ? AND state = 'verified'",
        (by, on.isoformat(), claim.id),
    ).rowcount
    _moved_once(moved, claim, ClaimState.PAID)


def _moved_once(rows: int, claim: Claim, to: ClaimState) -> None:
    if rows != 1:
        raise JcliError("E409", claim=claim.number, state=claim.state, move=to, allowed="-")


def reporters(db: Connection, claim: Claim) -> list[str]:
    """Return who reported a claim, and the claims that it reopens."""
    rows = db.execute(
        """
        WITH RECURSIVE chain (id) AS (
          SELECT ? UNION SELECT claim.reopens FROM claim JOIN chain ON chain.id = claim.id
        )
        SELECT created_by FROM claim JOIN chain ON chain.id = claim.id
        """,
        (claim.id,),
    )
    return [name for (name,) in rows]


def list_page(
    db: Connection,
    *,
    states: Sequence[ClaimState],
    kind: ClaimKind | None,
    worker: int | None,
    limit: int,
    since: datetime.date | None = None,
) -> list[Claim]:
    """Return claims in the given states (for events on or after `since`), oldest report first."""
    marks = ", ".join("?" * len(states))
    rows = db.query(
        f"""
        {_CLAIM}
        WHERE claim.state IN ({marks}) AND (? IS NULL OR claim.kind = ?)
          AND (? IS NULL OR claim.worker_id = ?) AND claim.event_date >= ?
        ORDER BY claim.reported_on, claim.id LIMIT ?
        """,
        (*states, kind, kind, worker, worker, "" if since is None else since.isoformat(), limit),
    )
    return [_claim_from(row) for row in rows]
