"""Who may be enrolled: what stands in the way, and the age."""

import datetime
from enum import StrEnum
from typing import Final

from jamsostek_cli.domain.month import age_on
from jamsostek_cli.rules.regulation import Regulation


class Obstacle(StrEnum):
    """What stands in the way of an enrolment; the words are stable."""

    TOO_YOUNG = "age-below-minimum"
    TOO_OLD = "age-at-or-above-maximum"
    ALREADY_ENROLLED = "already-enrolled"
    COVERED_ELSEWHERE = "covered-elsewhere"
    DECEASED = "deceased"
    MOVED = "moved"
    MERGED = "merged"


TOO_YOUNG: Final = Obstacle.TOO_YOUNG
TOO_OLD: Final = Obstacle.TOO_OLD


def refusal(*, born: datetime.date, registered_on: datetime.date, regulation: Regulation) -> Obstacle | None:
    """Return the rule that keeps somebody out, or None; the age is that in completed years.

    Source: Permenaker 5/2021 (younger than 65) and local practice (18 or older). Cover goes on past the
    highest age for whoever was enrolled before. E601 before the rule's first day.
    """
    age = age_on(born, registered_on)
    if age < regulation.count("reg.min_age", registered_on):
        return TOO_YOUNG
    if age >= regulation.count("reg.max_age_exclusive", registered_on):
        return TOO_OLD
    return None
