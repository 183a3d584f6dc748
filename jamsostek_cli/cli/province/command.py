"""`jcli province`: what a province asks over the drops of its cities. It needs no file of an office."""

from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from jamsostek_cli.cli.coverage import AsOfOption
from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    ForceOption,
    MachineOption,
    OutputOption,
    YearOption,
    meant,
    month_option,
)
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.cli.province.asked import (
    EngineOption,
    ExactOption,
    ExpectOption,
    MasterOption,
    MemoryOption,
    OverOption,
    SettingOption,
    a_city,
    answer,
    asked_over,
)
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations.province.questions import EngineName, Over
from jamsostek_cli.reports.engine.question import Engine
from jamsostek_cli.reports.province.cells import DIMENSIONS
from jamsostek_cli.reports.province.control import HandedProvince
from jamsostek_cli.reports.province.overlaps import MOST_MONTHS
from jamsostek_cli.tables import typed
from jamsostek_cli.tables.table import Report

app = group("help.province")
_DIMENSIONS: Final = 2


def _dimension(said: str) -> str:
    """Return the dimension that is meant; E504 where there is none."""
    named = meant(said.strip(), lambda word: typed.keyed(word, DIMENSIONS, "col"))
    if named is None:
        names = ", ".join(text(f"col.{name}") for name in DIMENSIONS)
        raise JcliError("E504", name=said.strip(), names=names)
    return named


@app.command("coverage", help=text("help.province_coverage"))
def coverage(
    ctx: typer.Context,
    *,
    drops: OverOption,
    as_of: AsOfOption = None,
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="DIMENSION", help=text("opt.province_by"))
    ] = None,
    exact: ExactOption = False,
    expect: ExpectOption = None,
    engine: EngineOption = EngineName.DUCKDB,
    master: MasterOption = None,
    memory: MemoryOption = None,
    setting: SettingOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Report the coverage of a province by one or two dimensions."""
    from jamsostek_cli.reports.province import coverage as asked

    dimensions = [_dimension(word) for said in by or ("city",) for word in said.split(",")]
    if len(dimensions) > len({*dimensions}) or len(dimensions) > _DIMENSIONS:
        raise JcliError("E611")
    over = asked_over(drops, as_of, engine, master, memory, setting, expect)
    question = partial(asked.coverage, by=dimensions, exact=exact)
    answer(session(ctx), "coverage", over, question, output, machine=machine, force=force)


@app.command("overlaps", help=text("help.province_overlaps"))
def overlaps(
    ctx: typer.Context,
    *,
    drops: OverOption,
    as_of: AsOfOption = None,
    year: YearOption = None,
    first: Annotated[Month | None, month_option("--first", "opt.province_first")] = None,
    last: Annotated[Month | None, month_option("--last", "opt.province_last")] = None,
    city: Annotated[
        str | None, typer.Option("--for", metavar="CITY", parser=a_city, help=text("opt.for_city"))
    ] = None,
    exact: ExactOption = False,
    expect: ExpectOption = None,
    engine: EngineOption = EngineName.DUCKDB,
    master: MasterOption = None,
    memory: MemoryOption = None,
    setting: SettingOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Report the months that two cities pay for one person, or give a city its own of them back."""
    from jamsostek_cli.operations.province.questions import year_so_far
    from jamsostek_cli.reports.province import overlaps as asked

    current = session(ctx)
    over = asked_over(drops, as_of, engine, master, memory, setting, expect)
    span = _span(year, first, last)
    if city is not None:
        for option, is_set in (("--exact", exact), ("--machine", machine)):
            if is_set:
                raise JcliError("E002", problem=text("usage.for_alone", option=option))
        show(current, _given_back(over, span, city, output, force=force))
        return

    def question(engine: Engine, province: HandedProvince) -> Report:
        return asked.overlaps(engine, province, span or year_so_far(province), exact=exact)

    answer(current, "overlaps", over, question, output, machine=machine, force=force)


def _span(year: int | None, first: Month | None, last: Month | None) -> Span | None:
    """Return the months that are asked for; E002 for two ways to say it, or for months in the wrong order."""
    if year is not None and (first or last):
        raise JcliError("E002", problem=text("usage.year_or_months"))
    if year is not None:
        return Span(Month(year, 1), Month(year, 12))
    if first is None and last is None:
        return None
    if first is None or last is None or not 0 <= last.since(first) < MOST_MONTHS:
        raise JcliError("E002", problem=text("usage.first_last"))
    return Span(first, last)


def _given_back(
    over: Over, span: Span | None, city: str, output: list[Path] | None, *, force: bool
) -> Answer:
    """Write what goes back to a city; E002 unless it goes to one CSV file.

    Status 3 where a city is missing that was to be there.
    """
    from jamsostek_cli.operations.province import questions as operation

    if output is None or len(output) != 1 or output[0].suffix.lower() != ".csv":
        raise JcliError("E002", problem=text("usage.for_city"))
    rows, changed, missing = operation.give_back(over, span, city, output[0], force=force)
    said = text("say.written", path=output[0]) if changed else text("say.unchanged")
    return Answer(
        part="for",
        data={"city": city, "rows": rows, "file": output[0].name, "absent": list(missing)},
        lines=[*([text("note.province_absent", cities=", ".join(missing))] if missing else []), said],
        review=bool(missing),
        hints=[text("hint.given_back", rows=figures.count(rows), file=output[0].name, city=city)],
    )


@app.command("claims", help=text("help.province_claims"))
def claims(
    ctx: typer.Context,
    *,
    drops: OverOption,
    as_of: AsOfOption = None,
    exact: ExactOption = False,
    expect: ExpectOption = None,
    engine: EngineOption = EngineName.DUCKDB,
    master: MasterOption = None,
    memory: MemoryOption = None,
    setting: SettingOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Report the claims of a province by state, and how long families have waited."""
    from jamsostek_cli.reports.province import claims as asked

    over = asked_over(drops, as_of, engine, master, memory, setting, expect)
    question = partial(asked.claims, exact=exact)
    answer(session(ctx), "claims", over, question, output, machine=machine, force=force)


@app.command("totals", help=text("help.province_totals"))
def totals(
    ctx: typer.Context,
    *,
    drops: OverOption,
    as_of: AsOfOption = None,
    exact: ExactOption = False,
    expect: ExpectOption = None,
    engine: EngineOption = EngineName.DUCKDB,
    master: MasterOption = None,
    memory: MemoryOption = None,
    setting: SettingOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Report what each city says of itself beside what is there; status 3 where they differ."""
    from jamsostek_cli.reports.province import totals as asked

    over = asked_over(drops, as_of, engine, master, memory, setting, expect)
    question = partial(asked.totals, exact=exact)
    answer(session(ctx), "totals", over, question, output, machine=machine, force=force, review=asked.differs)
