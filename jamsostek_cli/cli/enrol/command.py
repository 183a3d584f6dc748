"""`jcli enrol`."""

from typing import Annotated, Final

import typer

from jamsostek_cli.cli.enrol import screen
from jamsostek_cli.cli.frame.options import (
    AgencyOption,
    DryRunOption,
    ForceOption,
    MachineOption,
    OnePayerOption,
    OutputOption,
    a_year,
    amount_option,
    choice_option,
    count_option,
    month_option,
    words_option,
)
from jamsostek_cli.cli.frame.person import NumberedWorkers
from jamsostek_cli.cli.frame.report_answer import Output
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import confirmed, session
from jamsostek_cli.domain.iuran import Programme, Sector
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text

_LONGEST = 600


def enrol(
    ctx: typer.Context,
    *,
    batch: Annotated[str | None, typer.Option("--batch", metavar="BATCH", help=text("opt.batch"))] = None,
    agency: AgencyOption = None,
    worker: NumberedWorkers = None,
    nik: Annotated[list[str] | None, typer.Option("--nik", metavar="NIK", help=text("opt.nik"))] = None,
    everybody: Annotated[
        bool, typer.Option("--everybody-not-enrolled", help=text("opt.everybody_not_enrolled"))
    ] = False,
    renew: Annotated[
        int | None, typer.Option("--renew", metavar="YEAR", parser=a_year, help=text("opt.renew"))
    ] = None,
    start: Annotated[Month | None, month_option("--from", "opt.from")] = None,
    months: Annotated[int, count_option("--months", "opt.months")] = 12,
    payer: OnePayerOption,
    decree: Annotated[str, words_option("--decree", "opt.decree")],
    programmes: Annotated[
        str, typer.Option("--programmes", metavar="jkk,jkm", help=text("opt.programmes"))
    ] = "jkk,jkm",
    basis: Annotated[int | None, amount_option("--basis", "opt.basis")] = None,
    income: Annotated[int | None, amount_option("--income", "opt.income")] = None,
    sector: Annotated[Sector, choice_option("--sector", Sector, "opt.sector", "SECTOR")] = Sector.OTHER,
    registered: Annotated[bool, typer.Option("--registered", help=text("opt.registered"))] = False,
    after_refusal: Annotated[str | None, words_option("--after-refusal", "opt.after_refusal")] = None,
    dry_run: DryRunOption = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Enrol many at once."""
    from jamsostek_cli.operations import enrol as operation
    from jamsostek_cli.operations import enrolment

    current = session(ctx)
    people = _people(worker, nik)
    if sum((batch is not None, agency is not None, bool(people), everybody, renew is not None)) != 1:
        raise JcliError("E002", problem=text("usage.selection"))
    _refuse_together(people, after_refusal, basis, income)
    request = enrolment.Request(
        span=_span(ctx, start, months, renew),
        payer=payer,
        decree=decree,
        programmes=_programmes(programmes),
        basis=basis,
        income=income,
        sector=sector,
        registered=registered,
        after_refusal=after_refusal,
    )
    place = Output.ready("enrolled", output, force=force, machine=machine)
    selection = enrolment.Selection(
        batch=batch, agency=agency, people=people, not_enrolled=everybody, ending=renew is not None
    )
    result = operation.enrol(current.database(), current.act(), selection, request, dry_run=True)
    if not dry_run:
        cost = text("say.enrol_cost", heads=figures.count(result.heads), cost=figures.rupiah(result.cost))
        confirmed(current, f"{cost}. {text('ask.enrol', heads=figures.count(result.heads))}")
        result = operation.enrol(current.database(), current.act(), selection, request)
    show(current, screen.answer(current, result, place, dry_run=dry_run))


_OF_THE_COVER: Final = ("start", "months", "programmes", "basis", "income", "sector")


def _span(ctx: typer.Context, start: Month | None, months: int, renew: int | None) -> Span:
    """Return the months asked for; E002 for too many or none, or a renewal told what it takes itself."""
    if renew is not None:
        given = [ctx.get_parameter_source(name) for name in _OF_THE_COVER]
        if any(source is not None and source.name == "COMMANDLINE" for source in given):
            raise JcliError("E002", problem=text("usage.renew"))
        return Span(Month(renew, 1), Month(renew, 12))
    if not 1 <= months <= _LONGEST:
        raise JcliError("E002", problem=text("usage.months", most=_LONGEST))
    if start is None:
        raise JcliError("E002", problem=text("usage.enrol_from"))
    return Span(start, start.plus(months - 1))


def _refuse_together(
    people: tuple[str, ...], after_refusal: str | None, basis: int | None, income: int | None
) -> None:
    """Raise E002 where those whom BPJS has refused go on unnamed, or a basis has an income beside it."""
    if after_refusal is not None and not people:
        raise JcliError("E002", problem=text("usage.after_refusal"))
    if basis is not None and income is not None:
        raise JcliError("E002", problem=text("usage.basis"))


def _people(workers: list[str] | None, niks: list[str] | None) -> tuple[str, ...]:
    import sys

    typed = [line.strip() for nik in niks or () for line in (sys.stdin if nik == "-" else [nik])]
    return tuple(filter(None, [*(workers or ()), *typed]))


def _programmes(value: str) -> tuple[Programme, ...]:
    chosen = {programme.strip().lower() for programme in value.split(",")}
    if not chosen <= set(Programme):
        raise JcliError("E312", names=", ".join(Programme))
    return tuple(programme for programme in Programme if programme in chosen)
