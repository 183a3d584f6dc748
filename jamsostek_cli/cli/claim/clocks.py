"""The clocks of a claim, in words and as facts: when BPJS pays, what it owes for being late, what lapses."""

import datetime
from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.claim import OPEN_STATES
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.messages import figures, text

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.detail import ClaimDetail

DATES: Final = ("submitted_on", "due_on", "notice_due_on", "jkk_lapses_on", "next_on")
"""The facts that are days."""


def facts(detail: "ClaimDetail", today: datetime.date) -> dict[str, object]:
    """Return the days that count for a claim, and the penalty so far in rupiah, for JSON."""
    claim, clock = detail.claim, detail.clock
    return {
        "submitted_on": claim.submitted_on,
        "receipt": claim.receipt and hidden(claim.receipt),
        "due_on": None if clock.pay is None else clock.pay.due_on,
        "penalty": None if clock.pay is None else clock.pay.penalty(today),
        "notice_due_on": clock.notice_due_on,
        "jkk_lapses_on": clock.lapses_on,
        "next_on": clock.next_on,
        "reopenings": clock.reopenings,
        "rejected_for": claim.rejected_for,
    }


def said(detail: "ClaimDetail", today: datetime.date) -> list[str]:
    """Say what is due of a claim, what is late, what lapses, and how often it was opened again."""
    claim, clock, lines = detail.claim, detail.clock, []
    if clock.pay is not None:
        lines.append(_pay(detail, today))
        if not clock.is_calendar_known:
            lines.append(text("say.year_unknown", year=clock.pay.due_on.year))
    if clock.notice_due_on is not None and claim.reported_on > clock.notice_due_on:
        late = figures.count((claim.reported_on - clock.notice_due_on).days)
        lines.append(text("say.notice_late", day=_day(clock.notice_due_on), days=late))
    if clock.lapses_on is not None and claim.state in OPEN_STATES and claim.submitted_on is None:
        lines.append(text("say.claim_lapses", day=_day(clock.lapses_on)))
    if clock.reopenings:
        lines.append(text("say.reopenings", claim=claim.number, times=figures.count(clock.reopenings)))
    return lines


def _pay(detail: "ClaimDetail", today: datetime.date) -> str:
    clock, since = detail.clock.pay, detail.claim.submitted_on
    assert clock is not None and since is not None  # noqa: S101, PT018 - one needs the other
    penalty = clock.penalty(today)
    known = {"day": _day(clock.due_on), "since": _day(since)}
    if penalty:
        return text("say.claim_late", **known, penalty=figures.rupiah(penalty))
    overdue = penalty is None and clock.is_overdue(today)
    return text("say.claim_overdue" if overdue else "say.claim_due", **known)


def _day(day: datetime.date) -> str:
    return figures.day(day.isoformat())
