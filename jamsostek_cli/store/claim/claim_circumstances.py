"""What a claim rests on beside its event: losses, bills, months, children, the school year."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimKind, Expense
from jamsostek_cli.rules.claim.scholarship import Level, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChild:
    """A child in a claim, by its number among the children of the office; the rest as in the rules.

    `years_used` are years paid at its level before that stand in no claim of this office.
    """

    child: int
    name: str
    born: datetime.date
    registered: bool
    level: Level | None = None
    working: bool = False
    work: Work | None = None
    work_months: int | None = None
    married: bool = False
    years_used: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a claim rests on; a claim of which nothing is told has none of it.

    `losses` are shares (above 0, up to 1) of the function of a part, `expenses` rupiah, months whole.
    `died_on` is the later death of somebody whom an accident killed. `follows` is the number of the claim
    that a scholarship goes on from.
    """

    died_on: datetime.date | None = None
    total_disability: bool = False
    losses: Mapping[str, Decimal] = field(default_factory=dict)
    months_unable: int = 0
    expenses: Mapping[Expense, int] = field(default_factory=dict)
    home_care_months: int = 0
    traffic: bool = False
    lost_at_sea: bool = False
    children: tuple[ClaimChild, ...] = ()
    school_year: int | None = None
    follows: str | None = None


_SAID: Final = (
    *("died_on", "total_disability", "months_unable", "home_care_months", "traffic", "lost_at_sea"),
)
_FLAGS: Final = ("total_disability", "traffic", "lost_at_sea")


def of_claim(db: Connection, claim_id: int) -> Circumstances:
    """Return what a claim rests on."""
    (year, follows) = db.execute(
        """
        SELECT claim.school_year, first.number
        FROM claim LEFT JOIN claim AS first ON first.id = claim.follows WHERE claim.id = ?
        """,
        (claim_id,),
    ).fetchone()
    rows = db.table("claim_circumstance").rows_where("claim_id = ?", [claim_id], select=", ".join(_SAID))
    said: dict[str, Any] = dict(next(iter(rows), {}))
    died = said.pop("died_on", None)
    losses = db.execute("SELECT part, share FROM claim_loss WHERE claim_id = ? ORDER BY part", (claim_id,))
    bills = db.execute("SELECT name, amount FROM claim_expense WHERE claim_id = ? ORDER BY name", (claim_id,))
    return Circumstances(
        **said | {flag: bool(said.get(flag)) for flag in _FLAGS},
        died_on=None if died is None else datetime.date.fromisoformat(died),
        losses={part: Decimal(share) for part, share in losses},
        expenses={Expense(name): amount for name, amount in bills},
        children=tuple(_children(db, claim_id)),
        school_year=year,
        follows=follows,
    )


def _children(db: Connection, claim_id: int) -> Iterable[ClaimChild]:
    for row in db.query(
        """
        SELECT child.id AS child, name, birth_date, registered, level, working, work, work_months, married,
          years_used
        FROM claim_child JOIN child ON child.id = child_id WHERE claim_id = ? ORDER BY birth_date, child.id
        """,
        (claim_id,),
    ):
        words = {
            "level": None if row["level"] is None else Level(row["level"]),
            "work": None if row["work"] is None else Work(row["work"]),
        }
        flags = {name: bool(row[name]) for name in ("registered", "working", "married")}
        born = datetime.date.fromisoformat(row.pop("birth_date"))
        yield ClaimChild(**{**row, **words, **flags}, born=born)


def save(db: Connection, claim_id: int, said: Circumstances) -> None:
    """Store what a claim rests on, in place of what was there."""
    for name in ("claim_circumstance", "claim_loss", "claim_expense", "claim_child"):
        db.table(name).delete_where("claim_id = ?", [claim_id])
    facts: dict[str, object] = {name: getattr(said, name) for name in _SAID[1:]}
    facts["died_on"] = None if said.died_on is None else said.died_on.isoformat()
    if any(facts.values()):
        flags = {name: int(getattr(said, name)) for name in _FLAGS}
        db.table("claim_circumstance").insert({"claim_id": claim_id, **facts, **flags})
    for part, share in said.losses.items():
        db.table("claim_loss").insert({"claim_id": claim_id, "part": part, "share": str(share)})
    for expense, amount in said.expenses.items():
        db.table("claim_expense").insert({"claim_id": claim_id, "name": expense.value, "amount": amount})
    for one in said.children:
        db.table("claim_child").insert(
            {
                "claim_id": claim_id,
                "child_id": one.child,
                "level": None if one.level is None else one.level.value,
                "working": int(one.working),
                "work": None if one.work is None else one.work.value,
                "work_months": one.work_months,
                "married": int(one.married),
                "years_used": one.years_used,
            }
        )
    (follows,) = db.execute("SELECT (SELECT id FROM claim WHERE number = ?)", (said.follows,)).fetchone()
    db.table("claim").update(claim_id, {"school_year": said.school_year, "follows": follows})


class OtherYear(NamedTuple):
    """A school year of a child in another scholarship that stands.

    `certain` once that claim is verified; `years_used` as told there.
    """

    child: int
    level: Level | None
    school_year: int
    certain: bool
    years_used: int


def other_years(db: Connection, claim_id: int) -> list[OtherYear]:
    """Return the school years of children in the other scholarships of the same event, oldest first."""
    rows = db.execute(
        """
        SELECT child_id, level, other.school_year, other.state IN ('verified', 'paid'), years_used
        FROM claim
        JOIN claim AS other ON other.event_date = claim.event_date AND other.kind = 'scholarship'
          AND other.id <> claim.id AND other.state NOT IN ('rejected', 'withdrawn')
          AND other.worker_id IN (SELECT record_id FROM person_record WHERE person_id =
            (SELECT person_id FROM person_record WHERE record_id = claim.worker_id))
        JOIN claim_child ON claim_child.claim_id = other.id
        WHERE claim.id = ? ORDER BY other.school_year, other.id
        """,
        (claim_id,),
    )
    return [
        OtherYear(child, None if level is None else Level(level), year, bool(certain), used)
        for child, level, year, certain, used in rows
    ]


def of_same_event(db: Connection, claim_id: int, kinds: Iterable[ClaimKind]) -> dict[str, Circumstances]:
    """Return what the other claims of the kinds rest on that stand for the same event of a person."""
    chosen = list(kinds)
    rows = db.execute(
        f"""
        SELECT other.number, other.id FROM claim
        JOIN claim AS other ON other.event_date = claim.event_date AND other.id <> claim.id
          AND other.state NOT IN ('rejected', 'withdrawn')
          AND other.worker_id IN (SELECT record_id FROM person_record WHERE person_id =
            (SELECT person_id FROM person_record WHERE record_id = claim.worker_id))
        WHERE claim.id = ? AND other.kind IN ({", ".join("?" * len(chosen))}) ORDER BY other.id
        """,
        (claim_id, *chosen),
    ).fetchall()
    return {number: of_claim(db, other) for number, other in rows}


def opened_by(db: Connection, claim_id: int) -> str | None:
    """Return the number of the claim that opens a scholarship; None where none of them stands.

    It is the one at the beginning of what the claim follows; where that was rejected or withdrawn, the one
    that opens it again.
    """
    row = db.execute(
        """
        WITH RECURSIVE
          back (id, before) AS (
            SELECT id, follows FROM claim WHERE id = ?
            UNION SELECT claim.id, claim.follows FROM claim JOIN back ON claim.id = before
          ),
          again (id) AS (
            SELECT id FROM back WHERE before IS NULL
            UNION SELECT claim.id FROM claim JOIN again ON claim.reopens = again.id
          )
        SELECT number FROM claim JOIN again USING (id)
        WHERE state NOT IN ('rejected', 'withdrawn') AND kind <> 'scholarship' ORDER BY claim.id DESC
        """,
        (claim_id,),
    ).fetchone()
    return None if row is None else str(row[0])
