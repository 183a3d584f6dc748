"""What decides a claim that is not yet paid: the facts, from the register, the lists and the bills."""

from collections.abc import Iterable, Sequence

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import OPEN_STATES, ClaimKind, ClaimState
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.worker import Worker, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations.claim.worth import pricing
from jamsostek_cli.rules.claim import grounds
from jamsostek_cli.rules.claim.grounds import (
    DecisionFacts,
    DecisionGround,
    Ground,
    NamedElsewhere,
    PaidLate,
    RefusedMonths,
    StandingClaim,
)
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.claim import claim_facts
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.register import covered_elsewhere
from jamsostek_cli.tables.wording import payer_name


def decides(connection: Connection, claim: Claim, worker: Worker) -> list[Ground]:
    """Return what decides a claim; of one that is paid, rejected or withdrawn nothing does any more."""
    if claim.state not in OPEN_STATES:
        return []
    event = claim.event_date
    known = enrolments.of_person(connection, worker.id)
    programme = pricing.programme(connection, claim)
    paid = claim_facts.paid_on(connection, worker.id, programme, Month.of(event))
    payments = [PaidLate(*when) for when in paid]
    today = pricing.worth(connection, claim, worker, known)
    with_unpaid = [grounds.with_unpaid(event, one) for one in known]
    without_late = [grounds.paid_by(event, one, payments) for one in known]
    return grounds.grounds(
        DecisionFacts(
            kind=claim.kind,
            event_date=event,
            enrolled=[one for one in known if programme in one.programmes],
            registered=claim_facts.registered(connection, worker.id),
            payments=payments,
            elsewhere=[
                NamedElsewhere(one.payer, one.span, one.batch)
                for one in covered_elsewhere.of_person(connection, worker.id)
            ],
            refusals=[RefusedMonths(*refused) for refused in claim_facts.refused(connection, worker.id)],
            pairs=claim_facts.open_pairs(connection, worker.id),
            standing=[
                StandingClaim(one.number, one.kind)
                for one in claim_facts.live(connection, worker.id)
                if one.number != claim.number
            ],
            now=(claim.amount or 0) if claim.state is ClaimState.VERIFIED else today,
            then=pricing.worth(connection, claim, worker, with_unpaid),
            today=today,
            without=pricing.worth(connection, claim, worker, without_late),
        )
    )


def pairs(decisive: Iterable[Ground]) -> list[int]:
    """Return the workers who may be the same person as the claim's, and of whom nobody has decided it."""
    return [one.other for one in decisive if one.other is not None]


def refuse_open_pair(worker_id: int, others: Sequence[int], undecided: str | None) -> None:
    """Raise E463 while somebody who may be the same person is undecided, unless a reason is given.

    One death is paid once: two records of one person would be paid twice.
    """
    if others and undecided is None:
        first, second = sorted((worker_id, others[0]))
        raise JcliError(
            "E463",
            worker=number_of(worker_id),
            others=", ".join(map(number_of, others)),
            other=number_of(others[0]),
            first=number_of(first),
            second=number_of(second),
        )


def said(ground: Ground, claim: Claim) -> str:
    """Return a ground in words and rupiah."""
    facts = {
        "claim": claim.number,
        "worker": number_of(claim.worker_id),
        "months": "" if ground.span is None else _months(ground.span),
        "payer": "" if ground.payer is None else payer_name(ground.payer),
        "source": ground.source,
        "reason": ground.reason or "-",
        "other": "" if ground.other is None else number_of(ground.other),
        "rival": ground.rival,
        "day": "".join(figures.day(f"{day}") for day in (ground.paid_on, ground.recorded_on) if day),
        "now": figures.rupiah(ground.now or 0),
        "then": figures.rupiah(ground.then or 0),
        "without": figures.rupiah(ground.without or 0),
    }
    words = text(f"decision_ground.{ground.ground}", **facts)
    if ground.ground is DecisionGround.OTHER_PAYER and claim.kind is ClaimKind.JKM:
        words = f"{words}; {text('say.funeral_once')}"
    return words if ground.without is None else f"{words}; {text('say.without_payment', **facts)}"


def _months(span: Span) -> str:
    return figures.months(f"{span.first}..{span.last}")
