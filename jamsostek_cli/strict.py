"""Tables of TOML read strictly: a misspelt key is an error, never silently the default."""

from collections.abc import Collection, Mapping
from typing import Any

from jamsostek_cli.errors import JcliError

Types = Mapping[str, tuple[type, ...]]
"""The keys a table may have, each with the exact types of its value."""


def demand(fact: object, place: str, problem: str) -> None:
    """Refuse a file (E602) whose fact is not true."""
    if not fact:
        raise JcliError("E602", place=place, problem=problem)


def table(value: object, types: Types, place: str, required: Collection[str] = ()) -> dict[str, Any]:
    """Return a table whose every key is known and of its type, whole numbers never negative.

    Types match exactly: a switch is no number, a moment is no day. Anything else is E602, with the place.
    """
    if not isinstance(value, dict):
        raise JcliError("E602", place=place, problem="not a table")
    unknown = ", ".join(sorted(value.keys() - types.keys()))
    demand(not unknown, place, f"unknown key: {unknown}")
    missing = ", ".join(key for key in required if key not in value)
    demand(not missing, place, f"missing key: {missing}")
    for key, entry in value.items():
        demand(type(entry) in types[key], place, f"{key}: not {types[key][0].__name__}")
        demand(type(entry) is not int or entry >= 0, place, f"{key}: negative")
    return value
