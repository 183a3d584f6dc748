"""Claims: kinds, causes, states and the moves between them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from jamsostek_cli.domain.iuran import Payer, Programme, payer_of
from jamsostek_cli.errors import JcliError


class ClaimKind(StrEnum):
    """What is claimed."""

    JKM = "jkm"
    JKK_DEATH = "jkk-death"
    JKK_DISABILITY = "jkk-disability"
    JKK_TREATMENT = "jkk-treatment"
    SCHOLARSHIP = "scholarship"
    SANTUNAN = "santunan"


DEATH_KINDS: Final = frozenset({ClaimKind.JKM, ClaimKind.JKK_DEATH})
"""The two death benefits; they exclude each other (PP 44/2015: JKM is for death not by work accident)."""

CLAIMS_OF_THE_DEAD: Final = DEATH_KINDS | {ClaimKind.SANTUNAN}
"""Claims that rest on the death of the member; each of these is made once."""


PROGRAMME_OF: Final[Mapping[ClaimKind, Programme]] = MappingProxyType(
    {
        ClaimKind.JKM: Programme.JKM,
        ClaimKind.JKK_DEATH: Programme.JKK,
        ClaimKind.JKK_DISABILITY: Programme.JKK,
        ClaimKind.JKK_TREATMENT: Programme.JKK,
        ClaimKind.SCHOLARSHIP: Programme.JKM,
        ClaimKind.SANTUNAN: Programme.JKM,
    }
)
"""The programme a member must be enrolled in for each kind of claim."""


class Cause(StrEnum):
    """What brought the event about."""

    ILLNESS = "illness"
    ACCIDENT = "accident"
    WORK_ACCIDENT = "work-accident"
    OCCUPATIONAL_DISEASE = "occupational-disease"
    OTHER = "other"


WORK_CAUSES: Final = frozenset({Cause.WORK_ACCIDENT, Cause.OCCUPATIONAL_DISEASE})
"""Causes that make an event a JKK case."""


class ClaimState(StrEnum):
    """How far a claim has come."""

    REPORTED = "reported"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    PAID = "paid"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ClaimMove(StrEnum):
    """What an officer can do with a claim."""

    DOCUMENT = "document"
    SET = "set"
    SUBMIT = "submit"
    VERIFY = "verify"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    PAY = "pay"
    CLOSE = "close"
    VOID = "void"
    REOPEN = "reopen"
    NEXT = "next"


class ClaimOutcome(StrEnum):
    """What the verifier decides about a benefit that the law leaves open."""

    FULL = "full"
    REDUCED = "reduced"


class Component(StrEnum):
    """What a benefit is made of, each line of a claim one of these."""

    LUMP_SUM = "santunan"
    PERIODIC = "berkala"
    FUNERAL = "pemakaman"
    DISABILITY = "cacat"
    UNABLE_TO_WORK = "stmb"
    TRANSPORT = "transport"
    HOME_CARE = "home_care"
    AIDS = "aids"
    SCHOLARSHIP = "beasiswa"


class Expense(StrEnum):
    """A bill that a work accident brings, by what it is for."""

    TRANSPORT_LAND = "transport_land"
    TRANSPORT_SEA = "transport_sea"
    TRANSPORT_AIR = "transport_air"
    HOME_CARE = "home_care"
    DENTURES = "dentures"
    HEARING_AID = "hearing_aid"
    GLASSES = "glasses"


class DocumentState(StrEnum):
    """Whether a document of the checklist has come in, or would be asked for if a fact were so."""

    IN = "in"
    MISSING = "missing"
    DEPENDS = "depends"


class Benefactor(StrEnum):
    """Who usually pays a claim, beside the payers of contributions."""

    BPJS = "bpjs"


def usual_benefactor(kind: ClaimKind) -> Benefactor | Payer:
    """Return who pays a benefit: the city its own grant, BPJS every benefit of the law."""
    return Payer.CITY if kind is ClaimKind.SANTUNAN else Benefactor.BPJS


BENEFACTORS: Final[tuple[Benefactor | Payer, ...]] = (*Benefactor, *Payer)
"""Everybody whose payment of a claim can be recorded; the codes are stable."""


def benefactor_of(code: str) -> Benefactor | Payer | str:
    """Return who paid a claim; whom nobody knows, in an older record, is shown as it was typed."""
    return Benefactor.BPJS if code == Benefactor.BPJS else payer_of(code)


OPEN_STATES: Final = frozenset({ClaimState.REPORTED, ClaimState.SUBMITTED, ClaimState.VERIFIED})
"""States in which a family still waits."""

_R, _S, _V = ClaimState.REPORTED, ClaimState.SUBMITTED, ClaimState.VERIFIED

MOVES: Final[Mapping[tuple[ClaimState, ClaimMove], ClaimState]] = MappingProxyType(
    {
        (_R, ClaimMove.DOCUMENT): _R,
        (_S, ClaimMove.DOCUMENT): _S,
        (_R, ClaimMove.SET): _R,
        (_S, ClaimMove.SET): _S,
        (_V, ClaimMove.DOCUMENT): _V,
        (ClaimState.PAID, ClaimMove.DOCUMENT): ClaimState.PAID,
        (_R, ClaimMove.SUBMIT): _S,
        (_S, ClaimMove.SUBMIT): _S,
        (_V, ClaimMove.SUBMIT): _V,
        (_R, ClaimMove.VERIFY): _V,
        (_S, ClaimMove.VERIFY): _V,
        (_V, ClaimMove.RETURN): _R,
        (_R, ClaimMove.REJECT): ClaimState.REJECTED,
        (_S, ClaimMove.REJECT): ClaimState.REJECTED,
        (_V, ClaimMove.REJECT): ClaimState.REJECTED,
        (_R, ClaimMove.WITHDRAW): ClaimState.WITHDRAWN,
        (_S, ClaimMove.WITHDRAW): ClaimState.WITHDRAWN,
        (_V, ClaimMove.WITHDRAW): ClaimState.WITHDRAWN,
        (_V, ClaimMove.APPROVE): _V,
        (_V, ClaimMove.PAY): ClaimState.PAID,
        (_V, ClaimMove.CLOSE): ClaimState.PAID,
        (_V, ClaimMove.VOID): _V,
        (ClaimState.PAID, ClaimMove.VOID): _V,
        (ClaimState.REJECTED, ClaimMove.REOPEN): ClaimState.REJECTED,
        (ClaimState.WITHDRAWN, ClaimMove.REOPEN): ClaimState.WITHDRAWN,
        **{(state, ClaimMove.NEXT): state for state in (_R, _S, _V)},
    }
)
"""Where each allowed move leads; what is not listed is refused. Reopening makes a new claim.

A claim that is paid in part stays verified, so that its family goes on waiting for the rest; it is paid once
nothing is owed any more, or once an officer closes it because nothing more will come. A paper may come in
after that. A claim that was handed in before it was verified returns to `submitted`; handing in a verified
claim leaves it verified.
"""


def owed(state: ClaimState, amount: int | None, paid: int) -> int | None:
    """Return the rupiah of a claim still to be paid: None before it is verified, 0 once it is decided."""
    if state in {ClaimState.REPORTED, ClaimState.SUBMITTED}:
        return None
    return max((amount or 0) - paid, 0) if state is ClaimState.VERIFIED else 0


def difference(state: ClaimState, amount: int | None, paid: int) -> int | None:
    """Return the rupiah by which what was paid differs from what was due: None before a claim is paid."""
    return paid - (amount or 0) if state is ClaimState.PAID else None


def after(number: str, state: ClaimState, move: ClaimMove) -> ClaimState:
    """Return the state after a move; E409 (E411 for a second payment) when the move is not allowed."""
    target = MOVES.get((state, move))
    if target is None:
        code = "E411" if (state, move) == (ClaimState.PAID, ClaimMove.PAY) else "E409"
        allowed = tuple(move for move in ClaimMove if (state, move) in MOVES)
        raise JcliError(code, claim=number, state=state, move=move, allowed=allowed)
    return target
