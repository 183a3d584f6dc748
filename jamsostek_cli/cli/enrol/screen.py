"""What an enrolment says: who is in, who is not and why, what it costs."""

from typing import TYPE_CHECKING, Final

from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.domain.enrolment import ASKED_BY_OFFICE, EnrolmentStatus, RefusalRule
from jamsostek_cli.domain.iuran import PUBLIC_PAYERS, Payer, Sector
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.enrolment import Enrolled

_DETAIL: Final = Column("detail", of=lambda one: Coded(one.detail, one.said))
_SOURCE: Final = Column("source")
_SHOWN = 20
"""So many who are enrolled are named at once; JSON and files name all."""


def answer(current: Session, result: "Enrolled", place: Output, *, dry_run: bool) -> Answer:
    """Return what an enrolment did, or would do."""
    request = result.request
    refused = Table.of(
        "refused",
        result.refused,
        (Column("worker"), Column("nik"), Column("name"), Column("rule"), _DETAIL, _SOURCE),
        lead=("worker", "name", "rule", "detail"),
    )
    people = Table.of("enrolled", result.people, (Column("worker"), Column("nik"), Column("name")))
    steps = [step for share in result.shares for step in share.steps]
    several = len(result.shares) > 1
    rates = Table.of(
        "rates",
        steps,
        (
            Column("first_month", of=lambda step: step[0].first),
            Column("last_month", of=lambda step: step[0].last),
            Column("months", Kind.COUNT, of=lambda step: len(step[0])),
            Column("heads", Kind.COUNT, of=lambda step: step[1]),
            Column("rate", Kind.RUPIAH, of=lambda step: step[2]),
            Column("amount", Kind.RUPIAH, of=lambda step: len(step[0]) * step[1] * step[2]),
        ),
        summed=("amount",) if several else ("months", "amount"),
    )
    facts = {
        "heads": figures.count(result.heads),
        "first": request.span.first,
        "last": request.span.last,
        "monthly": figures.rupiah(result.monthly),
        "cost": figures.rupiah(result.cost),
        "payer": word(Payer(request.payer)),
    }
    few = 0 < len(result.people) <= _SHOWN
    more = text("say.enrolled_people", count=figures.count(len(result.people)))
    return list_answer(
        current,
        "enrolled",
        [_everybody(result) if place.files else people, rates],
        place,
        data=_data(result, rates, people, refused, dry_run=dry_run),
        lines=[
            *([text("say.dry_run")] if dry_run else []),
            text("say.enrolled", **facts),
            *_notes(result),
        ],
        shown=[
            *([rates] if len(steps) > 1 else []),
            *([people] if few else []),
            *([refused] if result.refused else []),
        ],
        beside=True,
        hints=[
            *([] if few or place.files else [more]),
            *_hints(result),
            *(() if dry_run else [_next(result)]),
        ],
        findings=[{"code": rule, "rows": n} for rule, n in sorted(result.rules.items())],
        review=bool(result.refused),
    )


def _data(
    result: "Enrolled", rates: Table, people: Table, refused: Table, *, dry_run: bool
) -> dict[str, object]:
    """Return an enrolment for programs."""
    request = result.request
    one = result.shares[0].terms if len(result.shares) == 1 else None
    return {
        "dry_run": dry_run,
        "heads": result.heads,
        "monthly": result.monthly,
        "cost": result.cost,
        "payer": request.payer,
        "basis": one.basis if one else None,
        "sector": one.sector if one else None,
        "terms": [
            {"sector": share.terms.sector, "basis": share.terms.basis, "heads": share.heads}
            for share in result.shares
        ],
        "rates": rates.records(),
        "start_month": str(request.span.first),
        "end_month": str(request.span.last),
        "status": EnrolmentStatus.ACTIVE if request.registered else EnrolmentStatus.PROPOSED,
        "without_card": result.without_card,
        "refused_before": list(result.again),
        "rules": dict(result.rules),
        "refused": refused.records(),
        "enrolled": people.records(),
    }


def _everybody(result: "Enrolled") -> Table:
    """Return who is enrolled and who is not, and why not, in one list for a file."""
    return Table.of(
        "enrolled_or_not",
        [*result.people, *result.refused],
        (
            Column("worker"),
            Column("nik"),
            Column("name"),
            Column("enrolled", of=lambda one: not hasattr(one, "rule")),
            Column("rule", of=lambda one: getattr(one, "rule", None)),
            Column("detail", of=lambda one: _DETAIL.value(one) if hasattr(one, "rule") else None),
            Column("source", of=lambda one: getattr(one, "source", None)),
        ),
    )


def _hints(result: "Enrolled") -> list[str]:
    """Return what to think of."""
    hints = []
    other = any(share.terms.sector is Sector.OTHER for share in result.shares)
    if other and result.request.payer not in PUBLIC_PAYERS:
        hints.append(text("say.transport"))
    if result.rules.keys() & ASKED_BY_OFFICE:
        hints.append(text("say.asked_by_office"))
    if RefusalRule.REFUSED_BY_BPJS in result.rules:
        hints.append(text("say.after_refusal"))
    return hints


def _next(result: "Enrolled") -> str:
    step = "next.iuran" if result.request.registered else "next.registered"
    return text("next.label", step=text(step))


def _notes(result: "Enrolled") -> list[str]:
    """Return what is to be known of those who go in: who was refused before, who has no card number."""
    notes = []
    if result.again:
        notes.append(text("say.refused_before", workers=", ".join(result.again)))
    if result.request.registered and result.without_card:
        notes.append(text("say.without_card", count=figures.count(result.without_card)))
    return notes
