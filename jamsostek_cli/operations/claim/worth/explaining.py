"""Why a claim is worth what it is worth, and what one would be worth that nobody has reported."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimKind, Expense
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.worth import decisive, pricing, told
from jamsostek_cli.operations.office import law
from jamsostek_cli.rules.claim import explanation
from jamsostek_cli.rules.claim.assessment import ClaimFacts, Loss
from jamsostek_cli.rules.claim.explanation import Explanation
from jamsostek_cli.rules.claim.scholarship import Child
from jamsostek_cli.rules.iuran import contribution
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.claim import claims
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import workers
from jamsostek_cli.tables.wording import word


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What is supposed instead of what is known; what is None or empty stays as it is on record.

    `paid` are the months paid for, `income` the rupiah a month by whose bracket they were paid.
    """

    kind: ClaimKind | None = None
    event_date: datetime.date | None = None
    died_on: datetime.date | None = None
    paid: Sequence[Span] = ()
    income: int | None = None
    children: Sequence[Child] = ()
    total_disability: bool | None = None
    losses: Mapping[str, Decimal] = field(default_factory=dict)
    months_unable: int | None = None
    expenses: Mapping[Expense, int] = field(default_factory=dict)
    home_care_months: int | None = None
    lost_at_sea: bool | None = None


NOTHING = Supposed()
"""Nothing is supposed: the claim is explained as it is on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An explanation, of a claim, a worker or nobody in particular, and the facts that were explained.

    `decides` are the facts, in words, on which a claim that is not yet paid hangs; `undecided` tells that
    somebody has to decide one of them first.
    """

    claim: Claim | None
    worker: Worker | None
    facts: ClaimFacts
    explanation: Explanation
    decides: tuple[str, ...] = ()
    undecided: bool = False


def claim(db: Database, number: str, supposed: Supposed = NOTHING) -> Explained:
    """Explain a claim as it is on record, or as it would be; nothing is stored.

    Raises E402, E439 (a scholarship that no claim opens any more), E601, and what `_supposing` raises.
    """
    with db.reading() as connection:
        found = claims.find(connection, number)
        person = workers.by_id(connection, found.worker_id)
        if supposed != NOTHING:
            known = _as_if(connection, found, person, supposed)
            return _explained(connection, known, supposed, claim=found, worker=person)
        known = pricing.facts(connection, found, person)
        explained = _explained(connection, known, supposed, claim=found, worker=person)
        grounds = decisive.decides(connection, found, person)
        return replace(
            explained,
            decides=tuple(decisive.said(ground, found) for ground in grounds),
            undecided=found.verified_on is None and any(ground.needs_decision for ground in grounds),
        )


def on_record(connection: Connection, found: Claim, person: Worker) -> Explained | None:
    """Explain a claim as it is on record within a running operation; None where the rules cannot be asked."""
    try:
        known = pricing.facts(connection, found, person)
        return _explained(connection, known, NOTHING, claim=found, worker=person)
    except JcliError:
        return None


def _as_if(connection: Connection, found: Claim, person: Worker, supposed: Supposed) -> ClaimFacts:
    """Return what the rules are asked about a claim as if its kind, or its day, were another.

    What was told of it stays; a scholarship would be opened by the claim itself.
    """
    said = told.so_far(connection, found, law.in_force(connection))
    kind = supposed.kind or found.kind
    if kind is not ClaimKind.SCHOLARSHIP:
        said = replace(said, opened_by=kind)
    asked = replace(found, kind=kind, event_date=supposed.event_date or found.event_date)
    return pricing.facts_told(asked, person, said, enrolments.of_person(connection, person.id))


def worker(db: Database, who: str, kind: ClaimKind, supposed: Supposed, today: datetime.date) -> Explained:
    """Explain what a claim would be worth that nobody has reported; the event is today unless it is supposed.

    Raises E401, E601, and what `_supposing` raises.
    """
    with db.reading() as connection:
        person = workers.find(connection, who)
        event = supposed.event_date or person.died_on or today
        enrolled = enrolments.of_person(connection, person.id)
        known = pricing.facts_at(kind, event, enrolled, died_on=person.died_on)
        return _explained(connection, known, supposed, claim=None, worker=person)


def nobody(db: Database, kind: ClaimKind, supposed: Supposed, today: datetime.date) -> Explained:
    """Explain what a claim would be worth of somebody of whom no more is known than what is supposed."""
    with db.reading() as connection:
        facts = ClaimFacts(kind=kind, event_date=supposed.event_date or today)
        income = replace(supposed, income=supposed.income or 0)
        return _explained(connection, facts, income, claim=None, worker=None)


def _explained(
    connection: Connection,
    known: ClaimFacts,
    supposed: Supposed,
    *,
    claim: Claim | None,
    worker: Worker | None,
) -> Explained:
    regulation = law.in_force(connection)
    facts = _supposing(known, supposed, regulation)
    if supposed != NOTHING:
        _refuse_silence(facts)
    return Explained(
        claim=claim,
        worker=worker,
        facts=facts,
        explanation=explanation.explain(facts, regulation),
    )


def _refuse_silence(facts: ClaimFacts) -> None:
    """Raise E426 where nothing is supposed of what a kind pays for."""
    enough = {
        ClaimKind.JKK_DISABILITY: facts.total_disability or facts.losses,
        ClaimKind.JKK_TREATMENT: facts.months_unable or facts.expenses,
        ClaimKind.SCHOLARSHIP: facts.children,
    }
    if not enough.get(facts.kind, True):
        raise JcliError("E426", claim=word(facts.kind), kind=facts.kind, remedy="E426.supposed")


def _supposing(known: ClaimFacts, supposed: Supposed, regulation: Regulation) -> ClaimFacts:
    """Return the facts with what is supposed in place of what is known; E428, E429 for losses, E601."""
    told.refuse_losses(supposed.losses, known.event_date, regulation)
    basis = known.basis
    if supposed.income is not None or (supposed.paid and not known.spans):
        month = Month.of(known.event_date)
        basis = contribution.basis_for_income(supposed.income or 0, month, regulation)
    total, unable, cared = supposed.total_disability, supposed.months_unable, supposed.home_care_months
    return replace(
        known,
        died_on=supposed.died_on or known.died_on,
        spans=tuple(supposed.paid) or known.spans,
        basis=basis,
        children=tuple(supposed.children) or known.children,
        losses=tuple(Loss(*loss) for loss in supposed.losses.items()) or known.losses,
        expenses={name.value: bill for name, bill in supposed.expenses.items()} or known.expenses,
        total_disability=known.total_disability if total is None else total,
        months_unable=known.months_unable if unable is None else unable,
        home_care_months=known.home_care_months if cared is None else cared,
        lost_at_sea=known.lost_at_sea if supposed.lost_at_sea is None else supposed.lost_at_sea,
    )
