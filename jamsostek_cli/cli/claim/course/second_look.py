"""`jcli claim sample` and `jcli claim look`."""

from typing import Annotated

import typer

from jamsostek_cli.cli.claim import looks
from jamsostek_cli.cli.claim.settling import ClaimArgument
from jamsostek_cli.cli.frame.options import (
    ForceOption,
    MachineOption,
    OutputOption,
    ReasonOption,
    choice_option,
    count_option,
    month_option,
)
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.second_look import LookFound
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.wording import word


def sample(
    ctx: typer.Context,
    *,
    month: Annotated[Month, month_option("--month", "opt.sample_month")],
    seed: Annotated[int, count_option("--seed", "opt.seed")],
    count: Annotated[int | None, count_option("--count", "opt.sample_count")] = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Draw verified claims for a second look, the riskiest first."""
    from jamsostek_cli.operations.claim.course import second_look

    current = session(ctx)
    place = Output.ready(current, "sample", output, force=force, machine=machine)
    found = second_look.sample(current.database(), current.act(), month, seed, count)
    table = looks.drawn(found.looks)
    facts = {
        "claims": figures.count(len(found.looks)),
        "verified": figures.count(found.verified),
        "month": figures.months(str(month)),
        "seed": seed,
    }
    waiting = [look.number for look in found.looks if look.found is None]
    hints = [text("next.label", step=text("next.look", claim=waiting[0]))] if waiting else []
    answer = list_answer(
        current,
        "sample",
        [table],
        place,
        data={
            "month": str(month),
            "seed": seed,
            "verified": found.verified,
            "new": found.new,
            "claims": table.records(),
        },
        lines=[text("say.sampled" if found.new else "say.sampled_before", **facts)],
        hints=hints,
    )
    show(current, answer)


def look(
    ctx: typer.Context,
    claim: ClaimArgument,
    *,
    found: Annotated[LookFound, choice_option("--found", LookFound, "opt.found", "ANSWER")],
    reason: ReasonOption,
) -> None:
    """Record what a second look at a claim found."""
    from jamsostek_cli.operations.claim.course import second_look

    current = session(ctx)
    seen = second_look.look(current.database(), current.act(), claim, found=found, words=reason)
    hints = []
    if found is LookFound.NOT_IN_ORDER:
        hints = [text("next.label", step=text("next.look_wrong", claim=seen.number))]
    said = text("say.looked", claim=seen.number, name=seen.name, found=word(found))
    (record,) = looks.drawn([seen]).records()
    show(current, Answer(data=record, lines=[said], hints=hints))
