"""An error in words: what went wrong and what to do, in the language in use, no NIK in it."""

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from jamsostek_cli.cli.frame.plain_text import harmless, pasted
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.wording import word

_UNREADABLE: Final = {"E102": False, "E109": True}
"""Errors of a file that cannot be read, and whether it says that it is of jcli."""


def sentence(error: JcliError) -> str:
    """Return the sentence of an error in the language in use; no NIK is ever part of it."""
    said = text(_key(error), **_facts(error))
    named = error.subject is None or error.subject in said
    return hidden(said if named else f"{error.subject}: {said}")


def _key(error: JcliError) -> str:
    """Return the sentence that fits: of a file that cannot be read it says what shows of it."""
    if error.code not in _UNREADABLE:
        return error.code
    from jamsostek_cli.store.file.unreadable import fault_of

    fault = fault_of(Path(str(error.facts["path"])), ours=_UNREADABLE[error.code])
    return error.code if fault is None else f"unreadable.{fault}"


def hint(error: JcliError) -> str:
    """Return what to do about an error; a case of its own has a remedy of its own.

    A command in it can be pasted, so that a path is as it was typed.
    """
    said = {name: hidden(fact) for name, fact in _facts(error).items()}
    said |= {"path": pasted(Path(harmless(error.file or str(error.facts["path"]))))} if "path" in said else {}
    return text(str(error.facts.get("remedy", f"{error.code}.hint")), **said)


def _facts(error: JcliError) -> dict[str, str]:
    return {name: _fact(value) for name, value in error.facts.items()}


def _fact(value: object) -> str:
    """Return a fact as a person reads it: dates by name, numbers with separators, states in words."""
    if isinstance(value, tuple):
        return ", ".join(map(_fact, value)) or "-"
    if isinstance(value, datetime.date):
        return figures.day(value.isoformat())
    if isinstance(value, StrEnum):
        return word(value)
    return figures.count(value) if isinstance(value, int) else harmless(str(value))
