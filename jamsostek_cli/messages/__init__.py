"""Everything jcli says, in Indonesian and in English.

`text("E201", path="x.xlsx")` gives the sentence in the language chosen once at the edge.
The catalogues are plain dictionaries so that a start of the program costs no parsing.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import MappingProxyType
from typing import Final

LANGUAGES: Final = ("id", "en")
_ONE: Final = r"\d{4}-(?:0[1-9]|1[0-2])"
MONTHS: Final = re.compile(rf"{_ONE}(?:\.\.{_ONE})?(?: {_ONE}(?:\.\.{_ONE})?)*", re.ASCII)
"""Months in digits, and runs of months: `2025-01 2025-03..2025-05`."""
_MODULES: Final = MappingProxyType({"id": "indonesian", "en": "english"})


class _Choice:
    """The language of this process, Indonesian until somebody chooses, and what an area calls otherwise."""

    language = "id"
    own: Mapping[str, str] = MappingProxyType({})


def catalogue(language: str) -> Mapping[str, str]:
    """Return all messages of one language ("id" or "en") by key."""
    texts: Mapping[str, str] = import_module(f"jamsostek_cli.messages.{_MODULES[language]}").TEXTS
    return texts


def use(language: str) -> None:
    """Choose the language of everything said from here on ("id" or "en")."""
    _Choice.language = language
    _Choice.own = MappingProxyType({})


def use_own(texts: Mapping[str, str]) -> None:
    """Say some messages otherwise from here on: by key, in the language in use, until another is chosen."""
    _Choice.own = MappingProxyType(dict(texts))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything within in one language, whatever was chosen; what an area says otherwise stays in its own."""
    chosen, own = _Choice.language, _Choice.own
    if language != chosen:
        use(language)
    try:
        yield
    finally:
        _Choice.language, _Choice.own = chosen, own


def language() -> str:
    """Return the language in use."""
    return _Choice.language


def text(key: str, /, **facts: object) -> str:
    """Return the message `key` in the language in use, its placeholders filled from `facts`."""
    message = _Choice.own.get(key) or catalogue(_Choice.language)[key]
    if not facts:
        return message
    if not key.startswith("next.") and not key.endswith((".hint", "_file")):
        facts = {name: _spoken(value) for name, value in facts.items()}
    return message.format(**facts)


def _spoken(value: object) -> object:
    """Return months by their names: only in commands and names of files do they stand in digits."""
    if MONTHS.fullmatch(said := str(value)) is None:
        return value
    from jamsostek_cli.messages import figures  # noqa: PLC0415 - it speaks through this module

    return figures.months(said)
