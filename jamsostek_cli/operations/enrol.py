"""Many people enrolled at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import EnrolmentStatus, RefusalRule
from jamsostek_cli.domain.iuran import Payer, Programme, Sector, Terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import WorkerStatus, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.rules import eligibility, iuran
from jamsostek_cli.rules.regulation import Regulation
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.bpjs import refusals
from jamsostek_cli.store.bpjs.refusals import StandingRefusal
from jamsostek_cli.store.enrolments import Candidate
from jamsostek_cli.store.file import audit
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import batches, workers
from jamsostek_cli.tables.wording import word

_NAMED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Whom to enrol: everybody of a batch, of an agency, or single workers (by number or NIK)."""

    batch: str | None = None
    agency: str | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for: months included, wage basis in rupiah a month, `registered` when BPJS has them.

    `after_refusal` says why those whom BPJS has refused are enrolled all the same; without it they are not.

    `basis` is one of the table; `income` (rupiah a month, as reported) is looked up in it. Without either the
    lowest basis counts, which is what public money pays.
    """

    span: Span
    payer: Payer
    decree: str
    programmes: tuple[Programme, ...] = (Programme.JKK, Programme.JKM)
    basis: int | None = None
    income: int | None = None
    sector: Sector = Sector.OTHER
    registered: bool = False
    after_refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody who is not enrolled, with the name of the rule that stands in the way."""

    worker: str
    nik: str
    name: str
    rule: RefusalRule
    detail: str = ""


class Accepted(NamedTuple):
    """Somebody who is enrolled, as lists name them: number, masked NIK, name."""

    worker: str
    nik: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What an enrolment did or would do, in rupiah.

    `rates` are the contribution of one member by month, `monthly` that of everybody for the first month,
    `cost` that of everybody for all months; of `without_card` people no card number (KPJ) is known, `again`
    are the workers whom BPJS had refused, `people` all who are enrolled.
    """

    heads: int
    terms: Terms
    rates: Mapping[Month, int]
    monthly: int
    cost: int
    refused: tuple[Refusal, ...]
    request: Request
    without_card: int = 0
    again: tuple[str, ...] = ()
    people: tuple[Accepted, ...] = ()

    @property
    def steps(self) -> tuple[tuple[Span, int], ...]:
        """The contribution of one member as (months, rupiah a month): a step for every change of the rate."""
        steps = [list(months) for _, months in groupby(self.rates, key=self.rates.__getitem__)]
        return tuple((Span(months[0], months[-1]), self.rates[months[0]]) for months in steps)

    @property
    def rules(self) -> Mapping[RefusalRule, int]:
        """How many each rule refused."""
        return Counter(refusal.rule for refusal in self.refused)


def enrol(
    db: Database, act: Act, selection: Selection, request: Request, *, dry_run: bool = False
) -> Enrolled:
    """Enrol everybody selected who may be enrolled, in one transaction.

    With `registered`, somebody who was proposed on the very same terms becomes active.

    Raises E302 for an empty selection, E305 when nobody may be enrolled, E311 for a basis that is not one
    of the table, E601 where a rate is not in force.
    """
    with db.changing(dry_run=dry_run) as connection:
        law = office_law.in_force(connection)
        terms = _terms(request, law)
        chosen = _chosen(connection, selection)
        if not chosen:
            raise JcliError("E302", what=selection.batch or selection.agency or "-", near="jcli batch list")
        candidates = enrolments.candidates(connection, chosen, request.span, terms)
        standing = refusals.standing(connection)
        refused = [r for c in candidates if (r := _refusal(c, request, law, standing)) is not None]
        barred = {refusal.worker for refusal in refused}
        accepted = [c for c in candidates if number_of(c.worker_id) not in barred]
        result = replace(
            _enrolled(len(accepted), refused, request, terms, law),
            without_card=sum(not c.card for c in accepted),
            people=tuple(Accepted(number_of(c.worker_id), masked(c.nik), c.name) for c in accepted),
            again=tuple(number_of(c.worker_id) for c in accepted if c.worker_id in standing),
        )
        if accepted and not dry_run:
            enrolments.activate(connection, (c.proposed for c in accepted if c.proposed), request.decree)
            enrolments.add_all(
                connection,
                (c.worker_id for c in accepted if not c.proposed),
                terms,
                decree=request.decree,
                span=request.span,
                status=EnrolmentStatus.ACTIVE if request.registered else EnrolmentStatus.PROPOSED,
                on=act.today,
            )
            audit.record(
                connection,
                act,
                action="enrolment.add",
                subject=selection.batch or selection.agency or _numbers(accepted),
                reason=request.decree,
                after=_kept(result),
            )
        elif not accepted:
            reasons = ", ".join(_reasons(result))
            raise JcliError("E305", count=len(refused), rules=reasons, ways="".join(_ways(result)))
    return result


def _kept(result: Enrolled) -> dict[str, object]:
    """Return what the audit trail keeps of an enrolment."""
    request, terms = result.request, result.terms
    again = {"after_refusal": request.after_refusal, "refused_before": result.again} if result.again else {}
    return {
        "heads": result.heads,
        "cost": result.cost,
        "payer": terms.payer,
        "basis": terms.basis,
        "sector": terms.sector,
        "first": str(request.span.first),
        "last": str(request.span.last),
        "refused": dict(result.rules),
        **again,
    }


def _reasons(result: Enrolled) -> Iterator[str]:
    """Yield each rule with the number of those it refused; of BPJS's own refusals the first few are named."""
    for rule, count in sorted(result.rules.items()):
        named = [f"{one.worker} {one.detail}" for one in result.refused if one.rule is rule][:_NAMED]
        words = f" ({'; '.join(named)})" if rule is RefusalRule.REFUSED_BY_BPJS else ""
        yield f"{word(rule)} {count}{words}"


def _ways(result: Enrolled) -> Iterator[str]:
    """Yield what can be done about the rules that refused somebody."""
    if result.rules.keys() & {RefusalRule.TOO_YOUNG, RefusalRule.TOO_OLD}:
        yield text("way.age")
    if RefusalRule.REFUSED_BY_BPJS in result.rules:
        yield text("way.refused")


def _terms(request: Request, law: Regulation) -> Terms:
    """Return the terms that a request comes to by the basis that is named, or that of the income."""
    first = request.span.first
    if request.basis is not None:
        basis = iuran.known_basis(request.basis, first, law)
    else:
        basis = iuran.basis_for_income(request.income or 0, first, law)
    return Terms(request.payer, request.sector, basis, request.programmes)


def _numbers(chosen: Sequence[Candidate]) -> str:
    return " ".join(number_of(candidate.worker_id) for candidate in chosen)


def _chosen(connection: Connection, selection: Selection) -> Sequence[int]:
    if selection.batch is not None:
        return enrolments.workers_of_batch(connection, batches.find(connection, selection.batch).id)
    if selection.agency is not None:
        return enrolments.workers_of_agency(connection, selection.agency)
    return [workers.find(connection, who).id for who in selection.people]


def _refusal(
    candidate: Candidate, request: Request, law: Regulation, standing: Mapping[int, StandingRefusal]
) -> Refusal | None:
    rule: RefusalRule | None = None
    detail = ""
    if candidate.status is not WorkerStatus.ACTIVE:
        rule = RefusalRule(candidate.status.value)
    elif candidate.taken_by is not None and not (request.registered and candidate.proposed):
        rule, detail = RefusalRule.ALREADY_ENROLLED, candidate.taken_by
    elif candidate.elsewhere is not None:
        rule, detail = RefusalRule.COVERED_ELSEWHERE, candidate.elsewhere
    elif candidate.perhaps is not None:
        rule, detail = RefusalRule.PERHAPS_DECEASED, number_of(candidate.perhaps)
    else:
        rule = eligibility.refusal(
            born=candidate.birth_date,
            registered_on=request.span.first.first_day,
            regulation=law,
        )
        if rule is None and request.after_refusal is None and candidate.worker_id in standing:
            rule, detail = RefusalRule.REFUSED_BY_BPJS, standing[candidate.worker_id].said
    if rule is None:
        return None
    return Refusal(number_of(candidate.worker_id), masked(candidate.nik), candidate.name, rule, detail)


def _enrolled(
    heads: int, refused: Sequence[Refusal], request: Request, terms: Terms, law: Regulation
) -> Enrolled:
    rates = {month: iuran.rate(terms, month, law) for month in request.span.months()}
    return Enrolled(
        heads=heads,
        terms=terms,
        rates=rates,
        monthly=rates[request.span.first] * heads,
        cost=sum(rates.values()) * heads,
        refused=tuple(refused),
        request=request,
    )
