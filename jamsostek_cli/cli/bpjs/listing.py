"""`jcli bpjs list` and `jcli bpjs show`: the submissions, and the people of one."""

from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.options import ForceOption, MachineOption, OutputOption, choice_option
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.submission import SubmissionState
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.store.bpjs.submissions import SubmissionLine

SubmissionArgument = Annotated[str, typer.Argument(metavar="SUBMISSION", help=text("opt.submission"))]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the group they belong to."""
    app.command("list", help=text("help.bpjs_list"))(list_)
    app.command("show", help=text("help.bpjs_show"))(show_)


def list_(
    ctx: typer.Context,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List the submissions and what became of their people."""
    from jamsostek_cli.operations.bpjs import listing as operation

    current = session(ctx)
    submissions = operation.listed(current.database())
    table = Table.of(
        "submissions",
        submissions,
        (
            Column("number"),
            Column("made_on", Kind.DATE),
            Column("heads", Kind.COUNT),
            Column("waiting", Kind.COUNT),
            Column("registered_there", Kind.COUNT, of=lambda made: made.registered),
            Column("refused", Kind.COUNT),
            Column("withdrawn", Kind.COUNT),
        ),
        lead=("number", "made_on", "heads", "waiting", "registered_there", "refused"),
    )
    data = [{**record, "file": made.file} for record, made in zip(table.records(), submissions, strict=True)]
    place = Output.of(current, output, force=force, machine=machine)
    show(current, list_answer(current, "submissions", [table], place, data=data))


def show_(
    ctx: typer.Context,
    submission: SubmissionArgument,
    outcome: Annotated[
        SubmissionState | None,
        choice_option("--outcome", SubmissionState, "opt.submission_outcome", "OUTCOME"),
    ] = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List the people of a submission with what BPJS said of each, the refused first."""
    from jamsostek_cli.operations.bpjs import listing as operation

    current = session(ctx)
    made, lines = operation.show(current.database(), submission, outcome)
    table = _people(lines)
    counts = {
        "heads": made.heads,
        "waiting": made.waiting,
        "registered": made.registered,
        "refused": made.refused,
        "withdrawn": made.withdrawn,
    }
    facts = {name: figures.count(count) for name, count in counts.items()}
    day = figures.day(made.made_on.isoformat())
    refused = made.refused and outcome in {None, SubmissionState.REFUSED}
    answer = list_answer(
        current,
        "submission",
        [table],
        Output.of(current, output, force=force, machine=machine),
        data={
            "submission": made.number,
            "made_on": made.made_on.isoformat(),
            "file": made.file,
            **counts,
            "lines": table.records(),
        },
        lines=[text("say.submission_shown", submission=made.number, day=day, **facts)],
        hints=[text("next.label", step=text("next.refused"))] if refused else [],
    )
    show(current, answer)


def _people(lines: "Sequence[SubmissionLine]") -> Table:
    """Return the people of a submission with the answer of BPJS to each."""
    return Table.of(
        "submission_lines",
        lines,
        (
            Column("worker", of=lambda line: number_of(line.worker_id)),
            Column("nik", of=lambda line: masked(line.nik)),
            Column("name"),
            Column("agency"),
            Column("outcome"),
            Column("answered_on", Kind.DATE),
            Column("kpj"),
            Column("reason"),
            Column("line", Kind.COUNT),
        ),
        lead=("worker", "name", "outcome", "answered_on", "reason"),
    )
