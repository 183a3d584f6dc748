"""`jcli enrol`."""

from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.options import (
    AgencyOption,
    DryRunOption,
    OnePayerOption,
    amount_option,
    count_option,
    month_option,
    one_of,
    words_option,
)
from jamsostek_cli.cli.frame.person import NumberedWorkers
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import confirmed, session
from jamsostek_cli.domain.enrolment import EnrolmentStatus, RefusalRule
from jamsostek_cli.domain.iuran import PUBLIC_PAYERS, Payer, Programme, Sector
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import payer_name, word

if TYPE_CHECKING:
    from jamsostek_cli.operations.enrol import Enrolled, Refusal

_LONGEST = 600
_BY_PAYER = frozenset({RefusalRule.ALREADY_ENROLLED, RefusalRule.COVERED_ELSEWHERE})


def enrol(
    ctx: typer.Context,
    *,
    batch: Annotated[
        str | None, typer.Option("--batch", metavar="B-2025-031", help=text("opt.batch"))
    ] = None,
    agency: AgencyOption = None,
    worker: NumberedWorkers = None,
    nik: Annotated[list[str] | None, typer.Option("--nik", metavar="NIK", help=text("opt.nik"))] = None,
    start: Annotated[Month, month_option("--from", "opt.from")],
    months: Annotated[int, count_option("--months", "opt.months")] = 12,
    payer: OnePayerOption,
    decree: Annotated[str, words_option("--decree", "opt.decree")],
    programmes: Annotated[
        str, typer.Option("--programmes", metavar="jkk,jkm", help=text("opt.programmes"))
    ] = "jkk,jkm",
    basis: Annotated[int | None, amount_option("--basis", "opt.basis")] = None,
    income: Annotated[int | None, amount_option("--income", "opt.income")] = None,
    sector: Annotated[
        Sector,
        typer.Option("--sector", metavar="transport|other", parser=one_of(Sector), help=text("opt.sector")),
    ] = Sector.OTHER,
    registered: Annotated[bool, typer.Option("--registered", help=text("opt.registered"))] = False,
    after_refusal: Annotated[str | None, words_option("--after-refusal", "opt.after_refusal")] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Enrol many at once."""
    from jamsostek_cli.operations import enrol as operation

    current = session(ctx)
    people = _people(worker, nik)
    if sum((batch is not None, agency is not None, bool(people))) != 1:
        raise JcliError("E002", problem=text("usage.selection"))
    _refuse_unnamed(people, after_refusal)
    if not 1 <= months <= _LONGEST:
        raise JcliError("E002", problem=text("usage.months", most=_LONGEST))
    if basis is not None and income is not None:
        raise JcliError("E002", problem=text("usage.basis"))
    request = operation.Request(
        span=Span(start, start.plus(months - 1)),
        payer=payer,
        decree=decree,
        programmes=_programmes(programmes),
        basis=basis,
        income=income,
        sector=sector,
        registered=registered,
        after_refusal=after_refusal,
    )
    selection = operation.Selection(batch=batch, agency=agency, people=people)
    result = operation.enrol(current.database(), current.act(), selection, request, dry_run=True)
    if not dry_run:
        cost = text("say.enrol_cost", heads=figures.count(result.heads), cost=figures.rupiah(result.cost))
        confirmed(current, f"{cost}. {text('ask.enrol', heads=figures.count(result.heads))}")
        result = operation.enrol(current.database(), current.act(), selection, request)
    show(current, _answer(result, dry_run=dry_run))


def _refuse_unnamed(people: tuple[str, ...], after_refusal: str | None) -> None:
    """Raise E002 where those whom BPJS has refused are to go on, and nobody is named."""
    if after_refusal is not None and not people:
        raise JcliError("E002", problem=text("usage.after_refusal"))


def _answer(result: "Enrolled", *, dry_run: bool) -> Answer:
    """Return what an enrolment did, or would do."""
    request, terms = result.request, result.terms
    refused = Table.of(
        "refused",
        result.refused,
        (Column("worker"), Column("nik"), Column("rule"), Column("detail", of=_detail)),
    )
    rates = Table.of(
        "rates",
        result.steps,
        (
            Column("first_month", of=lambda step: step[0].first),
            Column("last_month", of=lambda step: step[0].last),
            Column("months", Kind.COUNT, of=lambda step: len(step[0])),
            Column("heads", Kind.COUNT, of=lambda _: result.heads),
            Column("rate", Kind.RUPIAH, of=lambda step: step[1]),
            Column("amount", Kind.RUPIAH, of=lambda step: len(step[0]) * result.heads * step[1]),
        ),
        summed=("months", "amount"),
    )
    facts = {
        "heads": figures.count(result.heads),
        "first": request.span.first,
        "last": request.span.last,
        "monthly": figures.rupiah(result.monthly),
        "cost": figures.rupiah(result.cost),
        "payer": word(Payer(terms.payer)),
    }
    return Answer(
        data={
            "dry_run": dry_run,
            "heads": result.heads,
            "monthly": result.monthly,
            "cost": result.cost,
            "payer": terms.payer,
            "basis": terms.basis,
            "sector": terms.sector,
            "rates": rates.records(),
            "start_month": str(request.span.first),
            "end_month": str(request.span.last),
            "status": EnrolmentStatus.ACTIVE if request.registered else EnrolmentStatus.PROPOSED,
            "without_card": result.without_card,
            "refused_before": list(result.again),
            "rules": dict(result.rules),
            "refused": refused.records(),
        },
        lines=[
            *([text("say.dry_run")] if dry_run else []),
            text("say.enrolled", **facts),
            *_notes(result),
        ],
        tables=[*([rates] if len(result.steps) > 1 else []), *([refused] if result.refused else [])],
        hints=[*_hints(result), *(() if dry_run else [_next(result)])],
        findings=[{"code": rule, "rows": n} for rule, n in sorted(result.rules.items())],
        review=bool(result.refused),
    )


def _hints(result: "Enrolled") -> list[str]:
    """Return what to think of."""
    terms = result.terms
    hints = []
    if terms.sector is Sector.OTHER and terms.payer not in PUBLIC_PAYERS:
        hints.append(text("say.transport"))
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


def _detail(refusal: "Refusal") -> Coded:
    """Return what stands in the way: the payer and the months where somebody pays already, else as it is."""
    if refusal.rule not in _BY_PAYER:
        return Coded(refusal.detail, refusal.detail)
    code, _, months = refusal.detail.partition(" ")
    return Coded(refusal.detail, f"{payer_name(code)} {months}".strip())


def _people(workers: list[str] | None, niks: list[str] | None) -> tuple[str, ...]:
    import sys

    typed = [line.strip() for nik in niks or () for line in (sys.stdin if nik == "-" else [nik])]
    return tuple(filter(None, [*(workers or ()), *typed]))


def _programmes(value: str) -> tuple[Programme, ...]:
    chosen = {programme.strip().lower() for programme in value.split(",")}
    if not chosen <= set(Programme):
        raise JcliError("E312", names=", ".join(Programme))
    return tuple(programme for programme in Programme if programme in chosen)
