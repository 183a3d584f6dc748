"""Many people enrolled at once."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import EnrolmentStatus
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.rules import eligibility, iuran
from jamsostek_cli.rules.regulation import Regulation
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.enrolments import Candidate
from jamsostek_cli.store.file import audit
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import batches, workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Whom to enrol: everybody of a batch, of an agency, or single workers (by number or NIK)."""

    batch: str | None = None
    agency: str | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms: months included, wage basis in rupiah a month, `registered` when BPJS has them.

    `basis` is one of the table; `income` (rupiah a month, as reported) is looked up in it. Without either the
    lowest basis counts, which is what public money pays. `sector` is `transport` or `other`.
    """

    span: Span
    payer: str
    decree: str
    programmes: tuple[str, ...] = ("jkk", "jkm")
    basis: int | None = None
    income: int | None = None
    sector: str = "other"
    registered: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody who is not enrolled, with the name of the rule that stands in the way."""

    worker: str
    nik: str
    rule: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What an enrolment did or would do, in rupiah.

    `rates` are the contribution of one member by month, `monthly` that of everybody for the first month,
    `cost` that of everybody for all months.
    """

    heads: int
    basis: int
    rates: Mapping[Month, int]
    monthly: int
    cost: int
    refused: tuple[Refusal, ...]
    terms: Terms

    @property
    def steps(self) -> tuple[tuple[Span, int], ...]:
        """The contribution of one member as (months, rupiah a month): a step for every change of the rate."""
        steps = [list(months) for _, months in groupby(self.rates, key=self.rates.__getitem__)]
        return tuple((Span(months[0], months[-1]), self.rates[months[0]]) for months in steps)

    @property
    def rules(self) -> Mapping[str, int]:
        """How many each rule refused."""
        return Counter(refusal.rule for refusal in self.refused)


def enrol(db: Database, act: Act, selection: Selection, terms: Terms, *, dry_run: bool = False) -> Enrolled:
    """Enrol everybody selected who may be enrolled, in one transaction.

    With `registered`, somebody who was proposed on the very same terms becomes active.

    Raises E302 for an empty selection, E305 when nobody may be enrolled, E311 for a basis that is not one
    of the table, E601 where a rate is not in force.
    """
    with db.changing(dry_run=dry_run) as connection:
        law = office_law.in_force(connection)
        basis = _basis(terms, law)
        chosen = _chosen(connection, selection)
        if not chosen:
            raise JcliError("E302", what=selection.batch or selection.agency or "-")
        candidates = enrolments.candidates(
            connection,
            chosen,
            terms.span,
            payer=terms.payer,
            programmes=terms.programmes,
            basis=basis,
            sector=terms.sector,
        )
        refused = [r for c in candidates if (r := _refusal(c, terms, law)) is not None]
        barred = {refusal.worker for refusal in refused}
        accepted = [c for c in candidates if number_of(c.worker_id) not in barred]
        result = _enrolled(len(accepted), refused, terms, basis, law)
        if accepted and not dry_run:
            enrolments.activate(connection, (c.proposed for c in accepted if c.proposed), terms.decree)
            enrolments.add_all(
                connection,
                (c.worker_id for c in accepted if not c.proposed),
                programmes=terms.programmes,
                payer=terms.payer,
                decree=terms.decree,
                basis=basis,
                sector=terms.sector,
                span=terms.span,
                status=EnrolmentStatus.ACTIVE if terms.registered else EnrolmentStatus.PROPOSED,
            )
            audit.record(
                connection,
                act,
                action="enrolment.add",
                subject=selection.batch or selection.agency or _numbers(accepted),
                reason=terms.decree,
                after={
                    "heads": result.heads,
                    "cost": result.cost,
                    "payer": terms.payer,
                    "basis": basis,
                    "sector": terms.sector,
                    "first": str(terms.span.first),
                    "last": str(terms.span.last),
                    "refused": dict(result.rules),
                },
            )
        elif not accepted:
            raise JcliError(
                "E305",
                count=len(refused),
                rules=", ".join(f"{rule} {count}" for rule, count in sorted(result.rules.items())),
            )
    return result


def _basis(terms: Terms, law: Regulation) -> int:
    if terms.basis is not None:
        return iuran.known_basis(terms.basis, terms.span.first, law)
    return iuran.basis_for_income(terms.income or 0, terms.span.first, law)


def _numbers(chosen: Sequence[Candidate]) -> str:
    return " ".join(number_of(candidate.worker_id) for candidate in chosen)


def _chosen(connection: Connection, selection: Selection) -> Sequence[int]:
    if selection.batch is not None:
        return enrolments.workers_of_batch(connection, batches.find(connection, selection.batch).id)
    if selection.agency is not None:
        return enrolments.workers_of_agency(connection, selection.agency)
    return [workers.find(connection, who).id for who in selection.people]


def _refusal(candidate: Candidate, terms: Terms, law: Regulation) -> Refusal | None:
    rule, detail = None, ""
    if candidate.status != "active":
        rule = candidate.status
    elif candidate.taken_by is not None and not (terms.registered and candidate.proposed):
        rule, detail = "already-enrolled", candidate.taken_by
    elif candidate.elsewhere is not None:
        rule, detail = "covered-elsewhere", candidate.elsewhere
    else:
        rule = eligibility.refusal(
            born=datetime.date.fromisoformat(candidate.birth_date),
            registered_on=terms.span.first.first_day,
            regulation=law,
        )
    if rule is None:
        return None
    return Refusal(number_of(candidate.worker_id), masked(candidate.nik), rule, detail)


def _enrolled(heads: int, refused: Sequence[Refusal], terms: Terms, basis: int, law: Regulation) -> Enrolled:
    rates = {
        month: sum(
            iuran.monthly(
                month=month,
                basis=basis,
                programmes=terms.programmes,
                payer=terms.payer,
                sector=terms.sector,
                regulation=law,
            ).values()
        )
        for month in terms.span.months()
    }
    return Enrolled(
        heads=heads,
        basis=basis,
        rates=rates,
        monthly=rates[terms.span.first] * heads,
        cost=sum(rates.values()) * heads,
        refused=tuple(refused),
        terms=terms,
    )
