"""`jcli enrol`."""

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Final

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
from jamsostek_cli.cli.frame.session import Session, confirmed, is_asked, session
from jamsostek_cli.domain.iuran import Programme, Sector
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text

if TYPE_CHECKING:
    from jamsostek_cli.operations.enrolment import Enrolled, Request, Selection

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
    sector: Annotated[Sector | None, choice_option("--sector", Sector, "opt.sector", "SECTOR")] = None,
    registered: Annotated[bool, typer.Option("--registered", help=text("opt.registered"))] = False,
    after_refusal: Annotated[str | None, words_option("--after-refusal", "opt.after_refusal")] = None,
    dry_run: DryRunOption = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Enrol many at once."""
    from jamsostek_cli.operations import enrolment

    current = session(ctx)
    people = _people(worker, nik)
    chosen = enrolment.Selection(
        batch=batch, agency=agency, people=people, not_enrolled=everybody, ending=renew is not None
    )
    _refuse(
        {
            "selection": not chosen.is_one,
            "after_refusal": after_refusal is not None and not people,  # those who go on are named
            "months": not 1 <= months <= _LONGEST,
            "basis": basis is not None and income is not None,
        }
    )
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
    place = Output.ready(current, "enrolled", output, force=force, machine=machine)
    result = _enrolled(current, chosen, request, place, dry_run=dry_run)
    show(current, screen.answer(current, result, place, dry_run=dry_run))


def _refuse(wrong: Mapping[str, bool]) -> None:
    """Raise E002 for the first of the things that are wrong with the options."""
    for problem in (name for name, is_wrong in wrong.items() if is_wrong):
        raise JcliError("E002", problem=text(f"usage.{problem}", most=_LONGEST))


def _enrolled(
    current: Session, selection: "Selection", request: "Request", place: Output, *, dry_run: bool
) -> "Enrolled":
    """Reckon what an enrolment would do, ask with its cost, and carry it out unless it is a trial.

    Raises E305 when nobody may be enrolled; the files asked for then say of each why not.
    """
    from jamsostek_cli.operations import enrol as operation

    if not (dry_run or is_asked(current)):  # reckoned first only where somebody is to be asked
        with suppress(operation.NobodyError):
            return operation.enrol(current.database(), current.act(), selection, request)
    result = operation.enrol(current.database(), current.act(), selection, request, dry_run=True)
    if not result.people:
        screen.answer(current, result, place, dry_run=True)
        operation.demand_somebody(result, ", ".join(map(str, place.files)))
    if dry_run:
        return result
    cost = text("say.enrol_cost", heads=figures.count(result.heads), cost=figures.rupiah(result.cost))
    confirmed(current, f"{cost}. {text('ask.enrol', heads=figures.count(result.heads))}")
    return operation.enrol(current.database(), current.act(), selection, request)


_OF_THE_COVER: Final = ("start", "months", "programmes", "basis", "income", "sector")


def _span(ctx: typer.Context, start: Month | None, months: int, renew: int | None) -> Span:
    """Return the months asked for; E002 where a renewal is told what it takes from the cover before it."""
    if renew is not None:
        given = [ctx.get_parameter_source(name) for name in _OF_THE_COVER]
        if any(source is not None and source.name == "COMMANDLINE" for source in given):
            raise JcliError("E002", problem=text("usage.renew"))
        return Span(Month(renew, 1), Month(renew, 12))
    if start is None:
        raise JcliError("E002", problem=text("usage.enrol_from"))
    return Span(start, start.plus(months - 1))


def _people(workers: list[str] | None, niks: list[str] | None) -> tuple[str, ...]:
    import sys

    typed = [line.strip() for nik in niks or () for line in (sys.stdin if nik == "-" else [nik])]
    return tuple(filter(None, [*(workers or ()), *typed]))


def _programmes(value: str) -> tuple[Programme, ...]:
    chosen = {programme.strip().lower() for programme in value.split(",")}
    if not chosen <= set(Programme):
        raise JcliError("E312", names=", ".join(Programme))
    return tuple(programme for programme in Programme if programme in chosen)
