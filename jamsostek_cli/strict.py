"""Files that people write, in TOML or JSON, read strictly: a misspelt key is an error, never the default."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from jamsostek_cli.errors import JcliError

Types = Mapping[str, tuple[type, ...]]
"""The keys a table may have, each with the exact types of its value."""


@contextmanager
def refusing_with(code: str, **facts: object) -> Iterator[None]:
    """Let what is wrong with a file be refused under the code of its kind, with the place and the problem."""
    try:
        yield
    except JcliError as error:
        if error.code != "E602":
            raise
        raise JcliError(code, **{**error.facts, **facts}) from error


def decoded(content: bytes, place: str) -> str:
    """Return the text of a file; E602 where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JcliError("E602", place=place, problem="not UTF-8") from error


def toml(text: str, place: str) -> dict[str, Any]:
    """Return what a TOML file says, decimals exact; E602 where it is none."""
    import tomllib  # noqa: PLC0415 - most starts of the program read no such file

    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise JcliError("E602", place=place, problem=str(error)) from error


def json_object(text: str, place: str, types: Types) -> dict[str, Any]:
    """Return the object of a JSON file, all of its keys there; E602 where it is none."""
    import json  # noqa: PLC0415 - as above

    try:
        value = json.loads(text)
    except ValueError as error:
        raise JcliError("E602", place=place, problem=str(error)) from error
    return table(value, types, place, required=types)


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
