"""`jcli province`: what a province asks over the drops of its cities. It needs no file of an office."""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
    choice_option,
    meant,
    month_option,
)
from jamsostek_cli.cli.frame.report_answer import Output, answered, heading
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations.province import EngineName, Over, Question
from jamsostek_cli.reports.engine.question import Engine
from jamsostek_cli.reports.province.cells import DIMENSIONS
from jamsostek_cli.reports.province.control import Province
from jamsostek_cli.reports.province.overlaps import MOST_MONTHS
from jamsostek_cli.tables import typed
from jamsostek_cli.tables.table import Report

app = group("help.province")
_MEMORY: Final = re.compile(r"[1-9]\d{0,4}[mg]", re.ASCII | re.IGNORECASE)
_CITY: Final = re.compile(r"\d\d\.\d\d", re.ASCII)
_DIMENSIONS: Final = 2


def _a_memory(value: str) -> str:
    """Read how much memory may be used: `4g`, `800m`."""
    if not _MEMORY.fullmatch(value.strip()):
        raise typer.BadParameter(text("usage.memory", value=value))
    return value.strip().lower()


def _a_city(value: str) -> str:
    """Read the code of a city: `64.74`."""
    if not _CITY.fullmatch(value.strip()):
        raise typer.BadParameter(text("usage.city", value=value))
    return value.strip()


def _a_setting(value: str) -> str:
    """Read a setting of Spark: `spark.executor.memory=2g`."""
    name, is_one, said = value.partition("=")
    if not (is_one and name.startswith("spark.") and said):
        raise typer.BadParameter(text("usage.spark_setting", value=value))
    return value


OverOption = Annotated[list[str], typer.Option("--over", metavar="DROP", help=text("opt.over"))]
EngineOption = Annotated[EngineName, choice_option("--engine", EngineName, "opt.engine", "ENGINE")]
MasterOption = Annotated[str | None, typer.Option("--master", metavar="URL", help=text("opt.master"))]
MemoryOption = Annotated[
    str, typer.Option("--memory", metavar="N", parser=_a_memory, help=text("opt.memory"))
]
SettingOption = Annotated[
    list[str] | None,
    typer.Option("--conf", metavar="KEY=VALUE", parser=_a_setting, help=text("opt.spark_setting")),
]
ExpectOption = Annotated[
    list[str] | None, typer.Option("--expect", metavar="CITY", parser=_a_city, help=text("opt.expect"))
]
ExactOption = Annotated[bool, typer.Option("--exact", help=text("opt.exact"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceOutput(Output):
    """Files of a province: nobody is named in them, and there is no register to note them in."""

    province: Province

    def write(self, report: Report) -> list[str]:
        """Write the files, and return what to say of it."""
        from jamsostek_cli.operations import province as operation

        if not self.files:
            return []
        written = operation.write(report, self.province, self.files, force=self.force, machine=self.machine)
        return [text("say.written", path=path) for path in written] or [text("say.unchanged")]


def _over(
    drops: Sequence[str],
    as_of: datetime.date | None,
    engine: EngineName,
    master: str | None,
    memory: str,
    settings: Sequence[str] | None,
    expected: Sequence[str] | None,
) -> Over:
    """Return what is asked; E683 for a day that ends no month, E684 for what is Spark's alone."""
    if as_of is not None and Month.of(as_of).last_day != as_of:
        raise JcliError("E683", day=as_of, end=Month.of(as_of).last_day.isoformat())
    if engine is EngineName.DUCKDB and (master or settings):
        raise JcliError("E684")
    pairs = [setting.partition("=") for setting in settings or ()]
    return Over(
        drops=drops,
        as_of=as_of,
        engine=engine,
        master=master,
        memory=memory,
        settings={name: said for name, _, said in pairs},
        expected=expected or (),
    )


def _answer(
    current: Session,
    name: str,
    over: Over,
    question: Question,
    output: list[Path] | None,
    *,
    machine: bool,
    force: bool,
    review: Callable[[Report], bool] = lambda _: False,
) -> None:
    """Ask, and show or write the answer; status 3 where a city is missing that was to be there."""
    from jamsostek_cli.operations import province as operation
    from jamsostek_cli.operations import report_file

    report_file.demand_place(f"province_{name}", output or (), force=True)  # long before it is needed
    made, province = operation.report(over, question)
    place = ProvinceOutput(
        current=current, files=tuple(output or ()), force=force, machine=machine, province=province
    )
    of = text("province.of_cities", cities=figures.count(len(province.cities)))
    lines = [] if place.files else [f"{heading(made)} · {of}"]
    waits = bool(operation.absent(over, province)) or review(made)
    show(current, answered(made, place, lines=lines, review=waits))


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
    memory: MemoryOption = "4g",
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
    over = _over(drops, as_of, engine, master, memory, setting, expect)
    question = partial(asked.coverage, by=dimensions, exact=exact)
    _answer(session(ctx), "coverage", over, question, output, machine=machine, force=force)


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
        str | None, typer.Option("--for", metavar="CITY", parser=_a_city, help=text("opt.for_city"))
    ] = None,
    exact: ExactOption = False,
    expect: ExpectOption = None,
    engine: EngineOption = EngineName.DUCKDB,
    master: MasterOption = None,
    memory: MemoryOption = "4g",
    setting: SettingOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Report the months that two cities pay for one person, or give a city its own of them back."""
    from jamsostek_cli.operations.province import year_so_far
    from jamsostek_cli.reports.province import overlaps as asked

    current = session(ctx)
    over = _over(drops, as_of, engine, master, memory, setting, expect)
    span = _span(year, first, last)
    if city is not None:
        show(current, _given_back(over, span, city, output, force=force))
        return

    def question(engine: Engine, province: Province) -> Report:
        return asked.overlaps(engine, province, span or year_so_far(province), exact=exact)

    _answer(current, "overlaps", over, question, output, machine=machine, force=force)


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
    """Write what goes back to a city; E002 unless it goes to one CSV file."""
    from jamsostek_cli.operations import province as operation

    if output is None or len(output) != 1 or output[0].suffix.lower() != ".csv":
        raise JcliError("E002", problem=text("usage.for_city"))
    rows, changed = operation.give_back(over, span, city, output[0], force=force)
    said = text("say.written", path=output[0]) if changed else text("say.unchanged")
    return Answer(
        part="for",
        data={"city": city, "rows": rows, "file": output[0].name},
        lines=[said],
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
    memory: MemoryOption = "4g",
    setting: SettingOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Report the claims of a province by state, and how long families have waited."""
    from jamsostek_cli.reports.province import claims as asked

    over = _over(drops, as_of, engine, master, memory, setting, expect)
    question = partial(asked.claims, exact=exact)
    _answer(session(ctx), "claims", over, question, output, machine=machine, force=force)


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
    memory: MemoryOption = "4g",
    setting: SettingOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Report what each city says of itself beside what is there; status 3 where they differ."""
    from jamsostek_cli.reports.province import totals as asked

    over = _over(drops, as_of, engine, master, memory, setting, expect)
    question = partial(asked.totals, exact=exact)
    _answer(
        session(ctx), "totals", over, question, output, machine=machine, force=force, review=asked.differs
    )
