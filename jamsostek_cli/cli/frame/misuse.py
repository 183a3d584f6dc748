"""A command line that cannot be read: what is wrong with it, and what was probably meant."""

import re
from collections.abc import Sequence
from typing import Final

from jamsostek_cli.cli.frame.page import metavar
from jamsostek_cli.messages import text

_NO_COMMAND: Final = re.compile(r"No such command '(.*?)'")
_KNOWN: Final = (
    (re.compile(r"Got unexpected extra argument\(s\) \((?P<name>.*)\)", re.DOTALL), "usage.extra"),
    (re.compile(r"Option '(?P<name>.*)' requires .*"), "usage.no_value"),
    (re.compile(r"Option '(?P<name>.*)' does not take a value\."), "usage.flag"),
    (re.compile(r"Missing command\."), "usage.command"),
)
"""What the framework says in English where it has no class of its own for the mistake."""


def problem_of(error: Exception) -> str:
    """Return what is wrong with a command line, in the language in use."""
    name = type(error).__name__
    param = getattr(error, "param", None)
    shown = getattr(error, "option_name", None) or _typed(param)
    said = str(getattr(error, "message", error))
    if name == "NoSuchOption":
        near = getattr(error, "possibilities", None) or ()
        return _meant(text("usage.no_option", name=shown), near)
    if name == "MissingParameter":
        return text("usage.missing", name=shown)
    if name == "BadParameter":
        place = shown or getattr(error, "param_hint", None)
        return text("usage.bad", name=place, problem=said) if place else said
    unknown = _NO_COMMAND.match(said)
    if unknown is not None:
        return _meant(text("usage.no_command", name=unknown[1]), _commands_near(unknown[1], error))
    for shape, key in _KNOWN:
        if (found := shape.fullmatch(said)) is not None:
            return text(key, **found.groupdict())
    return text("usage.other")


def _typed(param: object) -> str | None:
    """Return how a parameter is typed: the longest name of an option, the placeholder of an argument."""
    if param is None:
        return None
    opts: list[str] = getattr(param, "opts", [])
    if opts and opts[-1].startswith("-"):
        return opts[-1]
    return metavar(getattr(param, "metavar", None) or str(getattr(param, "name", "")).upper())


def _commands_near(word: str, error: Exception) -> list[str]:
    """Return the whole commands that a word may have been meant for, in the group where it was typed."""
    from jamsostek_cli.cli.frame.near import near

    context = error.ctx  # type: ignore[attr-defined] # a command that is not there was asked of a group
    return [f"{context.command_path} {name}" for name in near(word, context.command.list_commands(context))]


def _meant(problem: str, guesses: Sequence[str]) -> str:
    """Return what is wrong, with what was probably meant."""
    return text("usage.near", problem=problem, near=" / ".join(guesses)) if guesses else problem
