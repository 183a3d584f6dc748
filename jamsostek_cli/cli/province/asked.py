"""What every question of `jcli province` takes, and how each is asked and answered."""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

from jamsostek_cli.cli.frame.options import choice_option
from jamsostek_cli.cli.frame.report_answer import Output, answered, heading
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations.province.questions import EngineName, Over, Question
from jamsostek_cli.reports.province.control import HandedProvince
from jamsostek_cli.tables.table import Report

_MEMORY: Final = re.compile(r"[1-9]\d{0,4}[mg]", re.ASCII | re.IGNORECASE)
_MOST_MEMORY: Final = "4g"
_CITY: Final = re.compile(r"\d\d\.\d\d", re.ASCII)


def _a_memory(value: str) -> str:
    """Read how much memory may be used: `4g`, `800m`."""
    if not _MEMORY.fullmatch(value.strip()):
        raise typer.BadParameter(text("usage.memory", value=value))
    return value.strip().lower()


def a_city(value: str) -> str:
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
    str | None, typer.Option("--memory", metavar="N", parser=_a_memory, help=text("opt.memory"))
]
SettingOption = Annotated[
    list[str] | None,
    typer.Option("--conf", metavar="KEY=VALUE", parser=_a_setting, help=text("opt.spark_setting")),
]
ExpectOption = Annotated[
    list[str] | None, typer.Option("--expect", metavar="CITY", parser=a_city, help=text("opt.expect"))
]
ExactOption = Annotated[bool, typer.Option("--exact", help=text("opt.exact"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceOutput(Output):
    """Files of a province: nobody is named in them, and there is no register to note them in."""

    province: HandedProvince

    def write(self, report: Report) -> list[str]:
        """Write the files, and return what to say of it."""
        from jamsostek_cli.operations.province import questions as operation

        if not self.files:
            return []
        written = operation.write(report, self.province, self.files, force=self.force, machine=self.machine)
        return [text("say.written", path=path) for path in written] or [text("say.unchanged")]


def asked_over(
    drops: Sequence[str],
    as_of: datetime.date | None,
    engine: EngineName,
    master: str | None,
    memory: str | None,
    settings: Sequence[str] | None,
    expected: Sequence[str] | None,
) -> Over:
    """Return what is asked; E683 for a day that ends no month, E684 for what is Spark's alone.

    E002 for the memory of a server that has its own.
    """
    if as_of is not None and Month.of(as_of).last_day != as_of:
        raise JcliError("E683", day=as_of, end=Month.of(as_of).last_day.isoformat())
    if engine is EngineName.DUCKDB and (master or settings):
        raise JcliError("E684")
    if memory and (master or "").startswith("sc://"):
        raise JcliError("E002", problem=text("usage.memory_connect"))
    pairs = [setting.partition("=") for setting in settings or ()]
    return Over(
        drops=drops,
        as_of=as_of,
        engine=engine,
        master=master,
        memory=memory or _MOST_MEMORY,
        settings={name: said for name, _, said in pairs},
        expected=expected or (),
    )


def answer(
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
    from jamsostek_cli.operations.province import questions as operation
    from jamsostek_cli.operations.reporting import report_file

    report_file.demand_place(f"province_{name}", output or (), force=True)  # long before it is needed
    made, province = operation.report(over, question)
    place = ProvinceOutput(
        current=current, files=tuple(output or ()), force=force, machine=machine, province=province
    )
    of = text("province.of_cities", cities=figures.count(len(province.cities)))
    lines = [] if place.files else [f"{heading(made)} · {of}"]
    waits = bool(operation.absent(over, province)) or review(made)
    show(current, answered(made, place, lines=lines, review=waits))
