"""English on an Indonesian screen: which words are English, and what is typed as it stands."""

import re
from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command

from jamsostek_cli.cli.frame.app import app

ENGLISH = frozenset(
    """
    an the of and or not is are was were be been has have had do does did this that these those it its
    with without from for by on at into onto than then when where which who whom whose what why how
    no yes none any all each every other another same only also there here again before after
    option options usage argument arguments command commands default required missing invalid value
    unexpected extra show install completion current shell message exit file month months year date
    day days text reason name worker claim state paid open closed read write written error hint
    must cannot could should would will can may please choose chosen unknown known found given
    moved employed elsewhere deceased merged verified reported submitted rejected withdrawn
    """.split()
)
"""Words of English, and those of the framework, that are no words of Indonesian."""
QUOTED = re.compile(
    r"""
    jcli\ [^.;)]*                             # a command, with what follows it
    | --?[\w-]+ | [\w-]+(?:\.\w+)+ | \w+_\w+ | \w+=\w+  # options, names of files, codes
    | \{\w*(?::[^}]*)?\} | "[^"]*" | “[^”]*” | \[\[?\w+\]\]? | [A-Z]{2,}[\w-]*
    """,
    re.VERBOSE,
)
"""Commands, options, names of files and codes, placeholders: these are typed as they stand."""


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if hasattr(command, "list_commands"):
        context = typer.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))


PATHS = list(commands(get_command(app)))
TYPED = {word for path in PATHS for name in path for word in name.split("-")}
"""What is typed for a command, and may be named in a sentence."""


def english_in(said: str) -> set[str]:
    """Return the English words of a text outside what is quoted and what commands are called.

    Letters beside digits are no words: a mark such as 20b3be12 has none.
    """
    words = re.findall(r"\b[A-Za-z]+\b", QUOTED.sub(" ", said))
    return {word for word in map(str.lower, words) if word in ENGLISH - TYPED}
