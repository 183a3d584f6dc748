"""The course of a claim: handed in to BPJS, looked at again on a day, rejected for a reason of the list."""

import datetime
from typing import Annotated

import typer

from jamsostek_cli.cli.claim import screen
from jamsostek_cli.cli.claim.asking import asked
from jamsostek_cli.cli.claim.settling import ClaimArgument, ClaimsArgument
from jamsostek_cli.cli.frame.options import (
    OptionalReason,
    ReasonOption,
    choice_option,
    date_option,
    words_option,
)
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.claim import ClaimMove
from jamsostek_cli.domain.rejection import RejectionReason
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.wording import word


def submit(
    ctx: typer.Context,
    claim: ClaimArgument,
    on: Annotated[datetime.date | None, date_option("--on", "opt.complete_on")] = None,
    receipt: Annotated[str | None, words_option("--receipt", "opt.receipt", "NO")] = None,
    reason: OptionalReason = None,
) -> None:
    """Note that the file is complete at BPJS: from that day its clock runs."""
    from jamsostek_cli.operations.claim.course import submission

    current = session(ctx)
    detail = submission.submit(
        current.database(), current.act(), claim, complete_on=on, receipt=receipt, reason=reason
    )
    said = text("say.claim_moved", claim=detail.claim.number, state=word(detail.claim.state))
    screen.changed(current, detail, [said])


def next_(
    ctx: typer.Context,
    claims: ClaimsArgument,
    *,
    on: Annotated[datetime.date, date_option("--on", "opt.next_on")],
    reason: OptionalReason = None,
) -> None:
    """Set the day on which the office looks at claims again."""
    from jamsostek_cli.operations.claim.course import follow_up

    current = session(ctx)
    details = follow_up.set_next(current.database(), current.act(), claims, day=on, reason=reason)
    day = figures.day(on.isoformat())
    said = [
        text("say.claim_next", claim=detail.claim.number, name=detail.claim.name, day=day)
        for detail in details
    ]
    data = [{"number": detail.claim.number, "next_on": detail.clock.next_on} for detail in details]
    show(current, Answer(data=data, lines=said))


def reject(
    ctx: typer.Context,
    claim: ClaimArgument,
    *,
    because: Annotated[
        RejectionReason, choice_option("--for", RejectionReason, "opt.rejected_for", "REASON")
    ] = RejectionReason.OTHER,
    reason: ReasonOption,
) -> None:
    """Reject a claim, for a reason of the list and in words."""
    from jamsostek_cli.operations.claim import moves

    current = session(ctx)
    asked(current, [claim], "ask.reject")
    detail = moves.decide(
        current.database(), current.act(), claim, ClaimMove.REJECT, reason=reason, rejected_for=because
    )
    facts = {"claim": detail.claim.number, "why": word(because)}
    screen.changed(current, detail, [text("say.claim_rejected", **facts)])
