import datetime
import tomllib

import pytest

from jamsostek_cli import strict
from jamsostek_cli.errors import JcliError

_TYPES: strict.Types = {"day": (datetime.date,), "heads": (int,), "on": (bool,)}
_MOMENT = tomllib.loads("day = 2024-01-01T00:00:00")["day"]


def test_a_table_that_is_as_it_should_be() -> None:
    value = {"day": datetime.date(2024, 1, 1), "heads": 0}
    assert strict.table(value, _TYPES, "here", required=("day",)) == value


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ([], "not a table"),
        ({"days": 1, "head": 2}, "unknown key: days, head"),
        ({}, "missing key: day"),
        ({"day": _MOMENT}, "day: not date"),
        ({"day": datetime.date(2024, 1, 1), "heads": True}, "heads: not int"),
        ({"day": datetime.date(2024, 1, 1), "heads": -1}, "heads: negative"),
    ],
)
def test_a_table_that_is_not(value: object, problem: str) -> None:
    with pytest.raises(JcliError) as error:
        strict.table(value, _TYPES, "here", required=("day",))
    assert (error.value.code, error.value.facts) == ("E602", {"place": "here", "problem": problem})
