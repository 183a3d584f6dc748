"""Many people enrolled at once."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from jamsostek_cli.domain.enrolment import EnrolmentStatus
from jamsostek_cli.domain.month import Span
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules import contribution, eligibility, regulation
from jamsostek_cli.rules.regulation import Regulation
from jamsostek_cli.store import audit, batches, enrolments, workers
from jamsostek_cli.store.audit import Act
from jamsostek_cli.store.database import Database
from jamsostek_cli.store.enrolments import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Whom to enrol: everybody of a batch, of an agency, or single workers (by number or NIK)."""

    batch: str | None = None
    agency: str | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms: months included, wage basis in rupiah a month, `registered` when BPJS has them.

    Without a basis the lowest of the table counts, which is what public money pays.
    """

    span: Span
    payer: str
    decree: str
    programmes: tuple[str, ...] = ("jkk", "jkm")
    basis: int | None = None
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
    """What an enrolment did or would do; `monthly` is the contribution of the first month, in rupiah."""

    heads: int
    monthly: int
    cost: int
    refused: tuple[Refusal, ...]
    terms: Terms

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
    law = regulation.packaged()
    basis = terms.basis or contribution.basis_for_income(0, terms.span.first, law)
    with db.changing(dry_run=dry_run) as connection:
        chosen = _chosen(connection, selection)
        if not chosen:
            raise JcliError("E302", what=selection.batch or selection.agency or "-")
        candidates = enrolments.candidates(
            connection, chosen, terms.span, payer=terms.payer, programmes=terms.programmes, basis=basis
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
    a_month = [
        sum(
            contribution.monthly(
                month=month,
                basis=basis,
                programmes=terms.programmes,
                payer=terms.payer,
                sector="other",
                regulation=law,
            ).values()
        )
        for month in terms.span.months()
    ]
    return Enrolled(
        heads=heads,
        monthly=a_month[0] * heads,
        cost=sum(a_month) * heads,
        refused=tuple(refused),
        terms=terms,
    )
