"""Many people enrolled at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import ASKED_BY_OFFICE, NOT_ENROLLED, EnrolmentStatus, RefusalRule
from jamsostek_cli.domain.iuran import Sector, Terms
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.operations import enrol_refusal
from jamsostek_cli.operations.enrol_refusal import Conditions
from jamsostek_cli.operations.enrolment import Accepted, Enrolled, EnrolledShare, Refusal, Request, Selection
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.rules.iuran import contribution
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store import enrollable, enrolments
from jamsostek_cli.store.enrollable import Candidate
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import batches, workers
from jamsostek_cli.tables.packed import Facts, Packed, PackedFacts
from jamsostek_cli.tables.wording import word

_NAMED: Final = 3


def enrol(
    db: Database, act: Act, selection: Selection, request: Request, *, dry_run: bool = False
) -> Enrolled:
    """Enrol everybody selected who may be enrolled, in one transaction.

    With `registered`, somebody who was proposed on the very same terms becomes active.

    Raises E302 for an empty selection, E305 when nobody may be enrolled (a trial tells of each why not), E311
    for a basis that is not one of the table, E601 where a rate is not in force.
    """
    with db.changing(dry_run=dry_run) as connection:
        law = office_law.in_force(connection)
        chosen = _chosen(connection, selection, request, law)
        if not any(chosen.values()):
            raise JcliError("E302", what=_subject(selection, request), near=_NEAR[selection.ending])
        conditions = Conditions.of(connection, request, law)
        refused: list[Refusal] = []
        accepted: dict[Terms, _Accepted] = {}
        for terms, people in chosen.items():
            accepted[terms] = _Accepted()
            for candidates in enrollable.candidates(connection, people, request.span, terms):
                grounds = [enrol_refusal.refusal(connection, one, conditions) for one in candidates]
                refused += [ground for ground in grounds if ground is not None]
                may = [one for one, ground in zip(candidates, grounds, strict=True) if ground is None]
                accepted[terms].add(may, conditions)
        result = _enrolled(accepted, refused, conditions)
        if not dry_run:
            demand_somebody(result)
            _store(connection, act, accepted, request)
            audit.record(
                connection,
                act,
                action="enrolment.add",
                subject=_subject(selection, request) or " ".join(one.worker for one in result.people),
                reason=request.decree,
                after=_kept(result),
            )
    return result


class NobodyError(JcliError):
    """Nobody of those asked for may be enrolled."""


def demand_somebody(result: Enrolled, listed: str = "") -> None:
    """Raise E305 when nobody may be enrolled; `listed` names the files in which all of them stand."""
    if not result.people:
        reasons, ways = ", ".join(_reasons(result)), "".join(_ways(result, listed))
        raise NobodyError("E305", count=len(result.refused), rules=reasons, ways=ways)


_NEAR: Final = {False: "jcli batch list", True: "jcli cover gaps"}


def _subject(selection: Selection, request: Request) -> str:
    """Return whom an enrolment is about, in a word; nothing where people are named."""
    before = request.span.first.plus(-1)
    return (
        selection.batch
        or selection.agency
        or (
            NOT_ENROLLED
            if selection.not_enrolled
            else f"{request.payer} {before}"
            if selection.ending
            else ""
        )
    )


class _Accepted:
    """Who may go in on the same terms: id, NIK, name and proposal of each, packed."""

    def __init__(self) -> None:
        self.people = PackedFacts()
        self.heads = 0
        self.without_card = 0
        self.again: list[str] = []

    def add(self, candidates: Sequence[Candidate], conditions: Conditions) -> None:
        """Take some in, in the order in which they come."""
        self.people.add((one.worker_id, one.nik, one.name, one.proposed) for one in candidates)
        self.heads += len(candidates)
        self.without_card += sum(not one.card for one in candidates)
        self.again += [number_of(one.worker_id) for one in candidates if one.worker_id in conditions.standing]


def _store(connection: Connection, act: Act, accepted: Mapping[Terms, _Accepted], request: Request) -> None:
    for terms, group in accepted.items():
        proposed = (proposal for *_, proposal in group.people if proposal)
        enrolments.activate(connection, proposed, request.decree)
        enrolments.add_all(
            connection,
            (worker_id for worker_id, _, _, proposal in group.people if not proposal),
            terms,
            decree=request.decree,
            span=request.span,
            status=EnrolmentStatus.ACTIVE if request.registered else EnrolmentStatus.PROPOSED,
            on=act.today,
        )


def _kept(result: Enrolled) -> dict[str, object]:
    """Return what the audit trail keeps of an enrolment."""
    request = result.request
    again = {"after_refusal": request.after_refusal, "refused_before": result.again} if result.again else {}
    return {
        "heads": result.heads,
        "cost": result.cost,
        "payer": request.payer,
        **_terms_kept(result.shares),
        "first": str(request.span.first),
        "last": str(request.span.last),
        "refused": dict(result.rules),
        **again,
    }


def _terms_kept(shares: Sequence[EnrolledShare]) -> dict[str, object]:
    """Return the terms of all, or how many are enrolled on which."""
    if len(shares) == 1:
        return {"basis": shares[0].terms.basis, "sector": shares[0].terms.sector}
    return {"heads_by_terms": {f"{one.terms.sector} {one.terms.basis}": one.heads for one in shares}}


def _reasons(result: Enrolled) -> Iterator[str]:
    """Yield each rule with the number of those it refused, the first few of them named with the facts."""
    for rule, count in sorted(result.rules.items()):
        refused = [one for one in result.refused if one.rule is rule][:_NAMED]
        named = (f"{one.worker} {one.name}{': ' if one.said else ''}{one.said}" for one in refused)
        yield f"{word(rule)} {count} ({'; '.join(named)})"


def _ways(result: Enrolled, listed: str) -> Iterator[str]:
    """Yield what can be done about the rules that refused somebody, and where all of them are named."""
    if listed:
        yield text("way.listed", files=listed)
    elif max(result.rules.values()) > _NAMED:
        yield text("way.list")
    if result.rules.keys() & {RefusalRule.TOO_YOUNG, RefusalRule.TOO_OLD}:
        yield text("way.age")
    if result.rules.keys() & ASKED_BY_OFFICE:
        yield text("way.asked")
    if RefusalRule.REFUSED_BY_BPJS in result.rules:
        yield text("way.refused")


def _terms(request: Request, law: Regulation) -> Terms:
    """Return the terms that a request comes to by the basis that is named, or that of the income."""
    first = request.span.first
    if request.basis is not None:
        basis = contribution.known_basis(request.basis, first, law)
    else:
        basis = contribution.basis_for_income(request.income or 0, first, law)
    return Terms(request.payer, request.sector or Sector.OTHER, basis, request.programmes)


def _chosen(
    connection: Connection, selection: Selection, request: Request, law: Regulation
) -> dict[Terms, Sequence[int]]:
    """Return the workers who are asked for, by the terms they are to have."""
    if selection.ending:
        before = request.span.first.plus(-1)
        ending = enrollable.workers_ending(connection, request.payer, before)
        for terms in ending:
            contribution.known_basis(terms.basis, request.span.first, law)
        return dict(ending)
    terms = _terms(request, law)
    if selection.batch is not None:
        batch = batches.find(connection, selection.batch)
        people = enrollable.workers_of_batch(connection, batch.id)
    elif selection.agency is not None:
        people = enrollable.workers_of_agency(connection, selection.agency)
    elif selection.not_enrolled:
        people = enrollable.workers_not_enrolled(connection, request.span)
    else:
        people = [workers.find(connection, who).id for who in selection.people]
    if request.sector is not None:
        return {terms: people}
    by_sector: dict[Sector, list[int]] = {}
    sectors = enrollable.sectors(connection, people)
    for worker_id in people:
        by_sector.setdefault(sectors.get(worker_id, terms.sector), []).append(worker_id)
    own: dict[Terms, Sequence[int]]
    own = {terms._replace(sector=sector): of_it for sector, of_it in by_sector.items()}
    return own or {terms: people}


def _enrolled(
    accepted: Mapping[Terms, _Accepted],
    refused: Sequence[Refusal],
    conditions: Conditions,
) -> Enrolled:
    request, law = conditions.request, conditions.law
    return Enrolled(
        shares=tuple(
            EnrolledShare(
                terms,
                group.heads,
                {month: contribution.rate(terms, month, law) for month in request.span.months()},
            )
            for terms, group in accepted.items()
            if group.heads or len(accepted) == 1
        ),
        refused=tuple(refused),
        request=request,
        without_card=sum(group.without_card for group in accepted.values()),
        again=tuple(number for group in accepted.values() for number in group.again),
        people=Packed((group.people for group in accepted.values()), _named),
    )


def _named(people: Sequence[Facts]) -> Iterator[Accepted]:
    return (Accepted(number_of(worker_id), masked(nik), name) for worker_id, nik, name, _ in people)
