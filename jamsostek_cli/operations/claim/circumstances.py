"""What an officer tells of a claim: taken in while it is not verified, refused where it cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import DEATH_KINDS, OPEN_STATES, ClaimKind, ClaimMove, ClaimState, Expense
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim import detail as claim_detail
from jamsostek_cli.operations.claim.detail import ClaimDetail
from jamsostek_cli.operations.claim.worth import pricing
from jamsostek_cli.operations.claim.worth import told as told_claims
from jamsostek_cli.operations.office import law
from jamsostek_cli.rules.claim import accident, scholarship
from jamsostek_cli.rules.claim.scholarship import Level, Work
from jamsostek_cli.store.claim import claim_circumstances, claims
from jamsostek_cli.store.claim.claim_circumstances import Circumstances, ClaimChild
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import children, workers
from jamsostek_cli.tables.typed import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChild:
    """What is told of a child in a claim, as in `ClaimChild`."""

    level: Level | None = None
    working: bool = False
    work: Work | None = None
    work_months: int | None = None
    married: bool = False
    years_used: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCircumstances:
    """What an officer tells of a claim; None for what is not spoken of, 0 (a child: None) takes out.

    `losses` are shares by part, `expenses` rupiah, `children` by name or number. `follows` is the number of
    the claim that a scholarship goes on from.
    """

    total_disability: bool | None = None
    losses: Mapping[str, Decimal] = field(default_factory=dict)
    months_unable: int | None = None
    expenses: Mapping[Expense, int] = field(default_factory=dict)
    home_care_months: int | None = None
    traffic: bool | None = None
    lost_at_sea: bool | None = None
    children: Mapping[str, ToldChild | None] = field(default_factory=dict)
    school_year: int | None = None
    follows: str | None = None


_SINGLE: Final = ("total_disability", "months_unable", "home_care_months", "traffic", "lost_at_sea")
_OPENING: Final = frozenset({ClaimKind.JKM, ClaimKind.JKK_DEATH, ClaimKind.JKK_DISABILITY})
_KINDS: Final[Mapping[str, frozenset[ClaimKind]]] = {
    "total_disability": frozenset({ClaimKind.JKK_DISABILITY}),
    "losses": frozenset({ClaimKind.JKK_DISABILITY}),
    "months_unable": accident.KINDS,
    "expenses": accident.KINDS,
    "home_care_months": accident.KINDS,
    "traffic": accident.KINDS,
    "lost_at_sea": frozenset({ClaimKind.JKK_DEATH}),
    "children": _OPENING | {ClaimKind.SCHOLARSHIP},
    "school_year": frozenset({ClaimKind.SCHOLARSHIP}),
    "follows": frozenset({ClaimKind.SCHOLARSHIP}),
}
"""For which kinds of claims each circumstance is one."""


def change(db: Database, act: Act, number: str, told: ToldCircumstances, *, reason: str) -> ClaimDetail:
    """Put what a claim rests on right, as long as it is not verified; it is priced anew.

    Raises E402, E409 (verified or decided), E002 (nothing changes), and what `settled` raises.
    """
    with db.writing() as connection:
        claim = claims.find(connection, number)
        domain.after(claim.number, claim.state, ClaimMove.SET)
        worker = workers.by_id(connection, claim.worker_id)
        before = claim_circumstances.of_claim(connection, claim.id)
        after = settled(connection, claim, worker, told, before)
        if after == before:
            raise JcliError("E449", claim=claim.number)
        claim_circumstances.save(connection, claim.id, after)
        pricing.price_again(connection, worker.id)
        audit.record(
            connection,
            act,
            action=f"claim.{ClaimMove.SET}",
            subject=claim.number,
            reason=reason,
            before=facts(before),
            after=facts(after),
        )
        return claim_detail.of(connection, claim.number)


def facts(said: Circumstances) -> dict[str, object]:
    """Return what a claim rests on as it is kept in the audit: what there is, children by their number."""
    known: dict[str, object] = {name: value for name in _SINGLE if (value := getattr(said, name))}
    known |= {"died_on": said.died_on, "school_year": said.school_year, "follows": said.follows}
    known |= {"losses": {part: str(share) for part, share in said.losses.items()}}
    known |= {"expenses": {name.value: amount for name, amount in said.expenses.items()}}
    known["children"] = {str(one.child): _facts_of(one) for one in said.children}
    return {name: value for name, value in known.items() if value}


def _facts_of(one: ClaimChild) -> dict[str, object]:
    names = ("born", "registered", "level", "working", "work", "work_months", "married", "years_used")
    return {name: getattr(one, name) for name in names}


def settled(
    connection: Connection, claim: Claim, worker: Worker, told: ToldCircumstances, before: Circumstances
) -> Circumstances:
    """Return what a claim rests on after what was told, beside what stood `before`.

    Raises E425 (no circumstance of this kind of claim), E428 (a share over the whole), E429 (no part of the
    table), E430 (no child of the worker), E438 (more children than the law helps), E439 (it cannot
    follow that claim), E440 (in another claim for the event already), E444 (no such school year), E448 (total
    and partial disability exclude each other).
    """
    _refuse_foreign(claim, told)
    single = {name: value for name in _SINGLE if (value := getattr(told, name)) is not None}
    expenses = {name: amount for name, amount in {**before.expenses, **told.expenses}.items() if amount}
    after = replace(
        before,
        **single,
        losses=_losses(connection, claim, told, before),
        expenses=dict(sorted(expenses.items())),
        children=_children(connection, claim, worker, told, before),
        school_year=told.school_year or before.school_year,
        follows=_followed(connection, claim, worker, told, before),
    )
    if after.total_disability and after.losses:
        raise JcliError("E448", claim=claim.number)
    if told.school_year is not None:
        _refuse_school_year(connection, claim, worker, told.school_year)
    _refuse_twice(connection, claim, after)
    return after


def _refuse_foreign(claim: Claim, told: ToldCircumstances) -> None:
    for name, kinds in _KINDS.items():
        if getattr(told, name) not in (None, {}) and claim.kind not in kinds:
            option = {"losses": "loss", "expenses": "expense", "children": "child"}.get(name, name)
            raise JcliError("E425", option="--" + option.replace("_", "-"), kind=claim.kind)


def _losses(
    connection: Connection, claim: Claim, told: ToldCircumstances, before: Circumstances
) -> dict[str, Decimal]:
    """Return the lost parts; which there are is what the table of the day says."""
    if told.losses:
        told_claims.refuse_losses(told.losses, claim.event_date, law.in_force(connection))
    return dict(sorted((part, share) for part, share in {**before.losses, **told.losses}.items() if share))


def _children(
    connection: Connection, claim: Claim, worker: Worker, told: ToldCircumstances, before: Circumstances
) -> tuple[ClaimChild, ...]:
    known = children.of_person(connection, worker.id) if told.children else []
    named = {one.child: one for one in before.children}
    for said, facts_told in told.children.items():
        matching = [child for child in known if said == str(child.id) or plain(said) == plain(child.name)]
        if len(matching) != 1:
            names = "; ".join(f"{child.id} {child.name}" for child in known)
            raise JcliError("E430", worker=worker.number, children=names or "-")
        child = matching[0]
        named.pop(child.id, None)
        if facts_told is not None:
            named[child.id] = ClaimChild(
                child=child.id,
                name=child.name,
                born=child.birth_date,
                registered=child.registered,
                **{name: getattr(facts_told, name) for name in ToldChild.__slots__},
            )
    if claim.kind is ClaimKind.SCHOLARSHIP and named:
        most = law.in_force(connection).count("beasiswa.max_children", claim.event_date)
        if len(named) > most:
            raise JcliError("E438", claim=claim.number, count=len(named), most=most)
    return tuple(sorted(named.values(), key=lambda one: (one.born, one.child)))


def _followed(
    connection: Connection, claim: Claim, worker: Worker, told: ToldCircumstances, before: Circumstances
) -> str | None:
    """Return the claim that a scholarship follows, one of its own event and not, at any remove, itself."""
    if told.follows is None:
        return before.follows
    first = opened_by(connection, worker, told.follows)
    if (first.event_date, first.cause) != (claim.event_date, claim.cause):
        raise JcliError("E439", claim=first.number, remedy="E439.other_event")
    behind: str | None = first.number
    while behind is not None:
        if behind == claim.number:
            raise JcliError("E439", claim=first.number, remedy="E439.itself")
        behind = claim_circumstances.of_claim(connection, claims.find(connection, behind).id).follows
    return first.number


def _refuse_school_year(connection: Connection, claim: Claim, worker: Worker, year: int) -> None:
    """Raise E444 for a school year before the event or after the report, E403 for one claimed already."""
    opens = told_claims.opening(connection, claim)
    by_death = opens is not None and opens.kind in DEATH_KINDS
    since = (worker.died_on if by_death else None) or claim.event_date
    first, last = scholarship.school_year(since), scholarship.school_year(claim.reported_on)
    if not first <= year <= last:
        raise JcliError("E444", year=str(year), first=str(first), last=str(last))
    rival = claims.live_for(connection, worker.id, {claim.kind}, None, year)
    if rival not in {None, claim.number}:
        raise JcliError("E403", worker=worker.number, claim=rival)


def _refuse_twice(connection: Connection, claim: Claim, after: Circumstances) -> None:
    """Raise E440 where another claim for the accident asks for the same bill, or for months as well."""
    if claim.kind not in accident.KINDS:
        return
    others = claim_circumstances.of_same_event(connection, claim.id, accident.KINDS)
    for number, other in others.items():
        both = after.expenses.keys() & other.expenses.keys()
        if both or (after.months_unable and other.months_unable):
            raise JcliError("E440", claim=claim.number, other=number)


def opened_by(connection: Connection, worker: Worker, said: str | None) -> Claim:
    """Return the claim that a scholarship of a worker follows: the one that is said, or the only one.

    Raises E402, E439 (none of this worker that opens one, or several).
    """
    if said is not None:
        claim = claims.find(connection, said)
        mine = {worker.id, *workers.merged_from(connection, worker.id)}
        if claim.worker_id not in mine or claim.kind not in _OPENING | {ClaimKind.SCHOLARSHIP}:
            raise JcliError("E439", claim=claim.number)
        return claim
    states = (*OPEN_STATES, ClaimState.PAID)
    found = [
        claim
        for claim in claims.list_page(connection, states=states, kind=None, worker=worker.id, limit=-1)
        if claim.kind in _OPENING
    ]
    if len(found) != 1:
        raise JcliError("E439", claim=worker.number)
    return found[0]
