import datetime
import tomllib
from decimal import Decimal

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


def test_text_that_is_no_file_of_ours() -> None:
    for read in (
        lambda: strict.decoded(b"\xff", "here"),
        lambda: strict.toml("x = ", "here"),
        lambda: strict.json_object("{", "here", {}),
    ):
        with pytest.raises(JcliError) as error:
            read()
        assert (error.value.code, error.value.facts["place"]) == ("E602", "here")
    assert strict.toml(strict.decoded("\ufeffa = 1.10".encode(), "here"), "here") == {"a": Decimal("1.10")}


def test_a_refusal_bears_the_code_of_its_kind_of_file() -> None:
    with pytest.raises(JcliError) as error, strict.refusing_with("E333", path="l.toml"):
        strict.table({"a": 1}, {}, "TOML")
    assert error.value.code == "E333"
    assert error.value.facts == {"path": "l.toml", "place": "TOML", "problem": "unknown key: a"}
    with pytest.raises(JcliError) as other, strict.refusing_with("E333", path="l.toml"):
        raise JcliError("E335", path="l.toml")
    assert other.value.code == "E335"
