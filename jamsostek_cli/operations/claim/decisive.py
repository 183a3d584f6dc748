"""What decides a claim that is not yet paid: the facts, from the register, the lists and the bills."""

from collections.abc import Sequence

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import OPEN_STATES, PROGRAMME_OF, ClaimState
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import Worker, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim import pricing
from jamsostek_cli.rules import grounds
from jamsostek_cli.rules.grounds import DecisionFacts, Ground, NamedElsewhere, PaidLate, RefusedMonths
from jamsostek_cli.store import claim_facts, enrolments
from jamsostek_cli.store.claims import Claim
from jamsostek_cli.store.register import covered_elsewhere


def decides(connection: Connection, claim: Claim, worker: Worker) -> list[Ground]:
    """Return what decides a claim; of one that is paid, rejected or withdrawn nothing does any more."""
    if claim.state not in OPEN_STATES:
        return []
    month = Month.of(claim.event_date)
    enrolled = [
        one
        for one in enrolments.of_person(connection, worker.id)
        if PROGRAMME_OF[claim.kind] in one.programmes
    ]
    then = pricing.worth(connection, claim, worker, with_unpaid=True)
    now = claim.amount or 0
    if claim.state is not ClaimState.VERIFIED:
        now = pricing.worth(connection, claim, worker, with_unpaid=False)
    return grounds.grounds(
        DecisionFacts(
            event_date=claim.event_date,
            enrolled=enrolled,
            payments=[PaidLate(*paid) for paid in claim_facts.paid_on(connection, worker.id, month)],
            elsewhere=[
                NamedElsewhere(one.payer, one.span, one.batch)
                for one in covered_elsewhere.of_person(connection, worker.id)
            ],
            refusals=[RefusedMonths(*refused) for refused in claim_facts.refused(connection, worker.id)],
            pairs=claim_facts.open_pairs(connection, worker.id),
            now=now,
            then=then,
        )
    )


def refuse_open_pair(worker: Worker, decisive: Sequence[Ground], undecided: str | None) -> None:
    """Raise E463 while somebody who may be the same person is undecided, unless a reason is given.

    One death is paid once: two records of one person would be paid twice.
    """
    others = [one.other for one in decisive if one.other is not None]
    if others and undecided is None:
        first, second = sorted((worker.id, others[0]))
        raise JcliError(
            "E463",
            worker=worker.number,
            others=", ".join(map(number_of, others)),
            other=number_of(others[0]),
            first=number_of(first),
            second=number_of(second),
        )
