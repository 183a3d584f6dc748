"""A month whose figures are closed."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from jamsostek_cli.domain.month import Month

Figures = Mapping[str, int | float | None]
"""The control totals of a month by the keys of the monthly report; `heads` and `amount` are of its bills."""


class ClosedMonth(NamedTuple):
    """A month that was closed: when, by whom, with which figures, reckoned from which state of the file.

    `seq` and `hash` are the mark of that state in the trail, `audit_seq` the act of closing. The last three
    are None while it stands.
    """

    month: Month
    closed_on: datetime.date
    closed_by: str
    seq: int
    hash: str
    figures: Figures
    audit_seq: int
    undone_on: datetime.date | None
    undone_by: str | None
    undone_for: str | None
