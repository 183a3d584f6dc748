"""What came to be known of a closed month after it was closed."""

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from jamsostek_cli.domain.month import Month


class Restated(StrEnum):
    """What a restatement is about."""

    PERSON = "person"
    CLAIM = "claim"
    BILL = "bill"
    TARGET = "target"
    ELSEWHERE = "elsewhere"


class FactChange(NamedTuple):
    """A fact of a person's record before and after."""

    field: str
    old: str | None
    new: str | None


class RestatingAct(NamedTuple):
    """The act by which it came to be known: the row of the trail, what was done, by whom, on which day."""

    seq: int
    action: str
    actor: str
    on: datetime.date


class Restatement(NamedTuple):
    """How the figures of a closed month would be others by what is known since, and why.

    `who` is the number of a person or claim, the payer of a bill, or empty. `figures` are the differences by
    figure, empty where a fact of somebody changed and no figure.
    """

    month: Month
    about: Restated
    who: str
    figures: Mapping[str, int]
    facts: tuple[FactChange, ...]
    act: RestatingAct
