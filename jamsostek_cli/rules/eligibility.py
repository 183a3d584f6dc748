"""Who may be enrolled: what stands in the way, and the age."""

import datetime
from typing import Final

from jamsostek_cli.domain.enrolment import RefusalRule
from jamsostek_cli.domain.month import age_on
from jamsostek_cli.rules.provision import Provision
from jamsostek_cli.rules.regulation import Regulation

_LIMITS: Final = {RefusalRule.TOO_YOUNG: "reg.min_age", RefusalRule.TOO_OLD: "reg.max_age_exclusive"}


def refusal(
    *, born: datetime.date, registered_on: datetime.date, regulation: Regulation
) -> RefusalRule | None:
    """Return the rule that keeps somebody out, or None; the age is that in completed years.

    Source: Permenaker 5/2021 (younger than 65) and local practice (18 or older). Cover goes on past the
    highest age for whoever was enrolled before. E601 before the rule's first day.
    """
    age = age_on(born, registered_on)
    if age < regulation.count(_LIMITS[RefusalRule.TOO_YOUNG], registered_on):
        return RefusalRule.TOO_YOUNG
    if age >= regulation.count(_LIMITS[RefusalRule.TOO_OLD], registered_on):
        return RefusalRule.TOO_OLD
    return None


def limit(rule: RefusalRule, registered_on: datetime.date, regulation: Regulation) -> Provision:
    """Return the age, in years, that a rule of `refusal` holds somebody to; E601 before its first day."""
    return regulation.on(_LIMITS[rule], registered_on)
