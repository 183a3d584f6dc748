"""`jcli claim ageing`."""

from typing import TYPE_CHECKING, Final

import typer

from jamsostek_cli.cli.claim.papers import shown_paper
from jamsostek_cli.cli.frame.options import ForceOption, KelurahanOption, MachineOption, OutputOption
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.claim import ClaimState
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.course.ageing import AgedClaim, Ageing

_CLAIM: Final = (
    Column("number", of=lambda one: one.claim.number),
    Column("worker", of=lambda one: number_of(one.claim.family)),
    Column("name", of=lambda one: one.claim.name),
    Column("kelurahan", of=lambda one: one.claim.kelurahan),
    Column("kind", of=lambda one: one.claim.kind),
    Column("state", of=lambda one: one.claim.state),
    Column("since", Kind.DATE, of=lambda one: one.claim.since),
    Column("days_in_state", Kind.COUNT, of=lambda one: one.days),
    Column("workdays_in_state", Kind.COUNT, of=lambda one: one.workdays),
    Column("days_waiting", Kind.COUNT),
    Column("amount_open", Kind.RUPIAH, of=lambda one: one.claim.rest),
    Column("missing_papers", of=lambda one: _papers(one.missing)),
    Column("due_on", Kind.DATE),
    Column("penalty", Kind.RUPIAH),
    Column("next_on", Kind.DATE, of=lambda one: one.claim.next_on),
)
_PAPER: Final = Column("document", of=lambda group: shown_paper(group.key))
_STATE: Final = Column("state", of=lambda group: ClaimState(group.key))
_KELURAHAN: Final = Column("kelurahan", of=lambda group: group.key or None)
_GROUP: Final = (
    Column("claims", Kind.COUNT),
    Column("families", Kind.COUNT),
    Column("amount_open", Kind.RUPIAH, of=lambda group: group.amount),
    Column("longest_days", Kind.COUNT, of=lambda group: group.longest),
    Column("without_next", Kind.COUNT),
)
_NAMED: Final = 3
"""So many papers are said to hold families up."""


def ageing(
    ctx: typer.Context,
    kelurahan: KelurahanOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Show how long open claims have been where they are, and what holds them up."""
    from jamsostek_cli.operations.claim.course import ageing as operation

    current = session(ctx)
    found = operation.ageing(current.database(), current.today, kelurahan=kelurahan)
    claims = Table.of(
        "ageing",
        found.claims,
        _CLAIM,
        summed=("amount_open", "penalty"),
        lead=("number", "name", "state", "days_in_state", "amount_open"),
    )
    unplanned = [one for one in found.claims if one.needs_next]
    lists = [
        Table.of("ageing_by_paper", found.by_paper, (_PAPER, *_GROUP)),
        Table.of("ageing_by_state", found.by_state, (_STATE, *_GROUP)),
        Table.of("ageing_by_kelurahan", found.by_kelurahan, (_KELURAHAN, *_GROUP)),
        Table.of("ageing_without_next", unplanned, _CLAIM).only(
            ("number", "name", "kelurahan", "days_waiting", "next_on")
        ),
    ]
    data = {
        "claims": claims.records(),
        **{table.key.removeprefix("ageing_"): table.records() for table in lists},
    }
    answer = list_answer(
        current,
        "ageing",
        [claims, *lists],
        Output.of(current, output, force=force, machine=machine),
        data=data,
        lines=_said(found, unplanned),
        shown=[table for table in (*lists, claims) if table.rows],
        hints=[text("next.label", step=text("next.claim_next", claim=unplanned[0].claim.number))]
        if unplanned
        else [],
    )
    show(current, answer)


def _said(found: "Ageing", unplanned: "list[AgedClaim]") -> list[str]:
    """Say how many families wait for how much, which papers hold up the most, and who has no next date."""
    families = {one.claim.family for one in found.claims}
    facts = {
        "families": figures.count(len(families)),
        "amount": figures.rupiah(sum(one.claim.rest or 0 for one in found.claims)),
    }
    lines = [text("say.ageing", **facts)]
    unpriced = sum(one.claim.rest is None for one in found.claims)
    if unpriced:
        lines.append(text("say.ageing_unpriced", claims=figures.count(unpriced)))
    lines += [
        text(
            "say.held_up",
            paper=shown_paper(group.key).words,
            families=figures.count(group.families),
            amount=figures.rupiah(group.amount),
        )
        for group in found.by_paper[:_NAMED]
    ]
    if unplanned:
        lines.append(text("say.without_next", claims=figures.count(len(unplanned))))
    return lines


def _papers(names: tuple[str, ...]) -> Coded:
    return Coded(" ".join(names), ", ".join(shown_paper(name).words for name in names))
