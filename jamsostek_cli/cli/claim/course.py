"""The course of a claim: handed in to BPJS, rejected for a reason of the list."""

import datetime
from typing import Annotated

import typer

from jamsostek_cli.cli.claim import clocks, screen
from jamsostek_cli.cli.claim.asking import asked
from jamsostek_cli.cli.claim.settling import ClaimArgument
from jamsostek_cli.cli.frame.options import (
    OptionalReason,
    ReasonOption,
    choice_option,
    date_option,
    words_option,
)
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.claim import ClaimMove
from jamsostek_cli.domain.rejection import RejectionReason
from jamsostek_cli.messages import text
from jamsostek_cli.tables.wording import word


def submit(
    ctx: typer.Context,
    claim: ClaimArgument,
    on: Annotated[datetime.date | None, date_option("--on", "opt.complete_on")] = None,
    receipt: Annotated[str | None, words_option("--receipt", "opt.receipt", "NO")] = None,
    reason: OptionalReason = None,
) -> None:
    """Note that the file is complete at BPJS: from that day its clock runs."""
    from jamsostek_cli.operations.claim import submission

    current = session(ctx)
    detail = submission.submit(
        current.database(), current.act(), claim, complete_on=on, receipt=receipt, reason=reason
    )
    said = text("say.claim_moved", claim=detail.claim.number, state=word(detail.claim.state))
    screen.changed(current, detail, [said, *clocks.said(detail, current.today)])


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
