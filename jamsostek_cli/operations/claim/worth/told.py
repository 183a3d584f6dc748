"""What was told of a claim, as the rules ask for it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.rules.claim.assessment import Loss
from jamsostek_cli.rules.claim.scholarship import Child, Level
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store.claim import claim_circumstances, claims
from jamsostek_cli.store.claim.claim_circumstances import Circumstances, ClaimChild, OtherYear
from jamsostek_cli.store.claim.claims import Claim

_REMEDY: Final[Mapping[ClaimKind, str]] = {
    ClaimKind.JKK_DISABILITY: "E426.jkk-disability",
    ClaimKind.JKK_TREATMENT: "E426.jkk-treatment",
    ClaimKind.SCHOLARSHIP: "E426.scholarship",
}
"""How a claim of a kind says what it is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldClaim:
    """What a claim rests on; `opened_by` is the kind of the claim that opens a scholarship, else its own.

    `total_disability` is that of the claim itself, or of the one that opens it.
    """

    circumstances: Circumstances
    opened_by: ClaimKind
    total_disability: bool
    losses: tuple[Loss, ...]
    children: tuple[Child, ...]


def of_claim(connection: Connection, claim: Claim, regulation: Regulation) -> ToldClaim:
    """Return what was told of a claim.

    Raises E426 where nobody has said what is claimed, E439 for a scholarship that no claim opens any more.
    """
    _refuse_silence(claim, claim_circumstances.of_claim(connection, claim.id))
    return so_far(connection, claim, regulation)


def so_far(connection: Connection, claim: Claim, regulation: Regulation) -> ToldClaim:
    """Return what was told of a claim, were it nothing; E439 as `of_claim`."""
    said = claim_circumstances.of_claim(connection, claim.id)
    kind, total = claim.kind, said.total_disability
    others: list[OtherYear] = []
    if claim.kind is ClaimKind.SCHOLARSHIP:
        opens = opening(connection, claim)
        if opens is None:
            raise JcliError("E439", claim=claim.number)
        kind = opens.kind
        total = claim_circumstances.of_claim(connection, opens.id).total_disability
        others = claim_circumstances.other_years(connection, claim.id)
    most = regulation.count("beasiswa.max_children", claim.event_date) if said.children else 0
    return ToldClaim(
        circumstances=said,
        opened_by=kind,
        total_disability=total,
        losses=tuple(Loss(part, share) for part, share in said.losses.items()),
        children=_children(said, claim, others, most),
    )


def refuse_losses(losses: Mapping[str, Decimal], day: datetime.date, regulation: Regulation) -> None:
    """Raise E429 for a lost part that is not in the table of a day, E428 for a share over the whole."""
    parts = regulation.table("jkk.partial_shares", day) if losses else {}
    for part, share in losses.items():
        if part not in parts:
            known = ", ".join(sorted(text(f"part.{name}") for name in parts))
            raise JcliError("E429", part=part, parts=known)
        if share > 1:
            percent = f"{share * 100:f}".rstrip("0").rstrip(".")
            raise JcliError("E428", part=part, name=text(f"part.{part}"), share=percent)


def opening(connection: Connection, claim: Claim) -> Claim | None:
    """Return the claim that opens a scholarship; None where it does not stand, and for every other kind."""
    if claim.kind is not ClaimKind.SCHOLARSHIP:
        return None
    number = claim_circumstances.opened_by(connection, claim.id)
    return None if number is None else claims.find(connection, number)


def _refuse_silence(claim: Claim, said: Circumstances) -> None:
    """Raise E426 where a claim does not say yet what it is for."""
    enough = {
        ClaimKind.JKK_DISABILITY: said.total_disability or said.losses,
        ClaimKind.JKK_TREATMENT: said.months_unable or said.expenses,
        ClaimKind.SCHOLARSHIP: said.children,
    }
    if not enough.get(claim.kind, True):
        raise JcliError("E426", claim=claim.number, kind=claim.kind, remedy=_REMEDY[claim.kind])


def _children(said: Circumstances, claim: Claim, others: Iterable[OtherYear], most: int) -> tuple[Child, ...]:
    """Return the children with the years paid for each, and whether they are those whom the family chose.

    Of a claim that is verified the later years are no matter any more.
    """
    before = [other for other in others if other.school_year < (said.school_year or 0)]
    counted = others if claim.verified_by is None else before
    chosen = {other.child for other in before}
    fits = len(chosen | {one.child for one in said.children}) <= most
    return tuple(
        Child(
            born=one.born,
            level=one.level,
            school_year=said.school_year,
            working=one.working,
            work=one.work,
            work_months=one.work_months,
            married=one.married,
            registered=one.registered,
            chosen=fits or one.child in chosen,
            used=_used(one, [other for other in counted if other.child == one.child]),
        )
        for one in said.children
    )


def _used(one: ClaimChild, others: Iterable[OtherYear]) -> dict[Level, int]:
    """Return the years paid by level: those of verified claims, and those that were told."""
    told = [(other.level, other.years_used, other.certain) for other in others]
    told.append((one.level, one.years_used, False))
    return {
        level: max((years for at, years, _ in told if at is level), default=0)
        + sum(certain for at, _, certain in told if at is level)
        for level in Level
    }
