"""The part of every page that lists its commands and options, made from the command tree.

`python -m tests.support.command_reference id` prints it for each topic as JSON; a process of its own, because
the help of a command is fixed in the language in which it is loaded.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from jamsostek_cli import manual, messages
from jamsostek_cli.cli.frame.page import placeholder, typed_as

HEADINGS = {"id": ("Perintah dan pilihannya", "Pilihan", "Artinya"), "en": ("Commands", "Option", "Meaning")}


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Return every command that can be run, with what is typed for it after `jcli`."""
    if not hasattr(command, "list_commands"):
        yield " ".join(path), command
        return
    import typer

    context = typer.Context(command)
    for name in command.list_commands(context):
        yield from commands(command.get_command(context, name), (*path, name))


def reference(topic: str, tree: list[tuple[str, Any]], language: str) -> str:
    """Return the commands of a page, each with its purpose and its options."""
    heading, *columns = HEADINGS[language]
    lines = [f"## {heading}"]
    for path, command in tree:
        if manual.topic_of(path) != topic:
            continue
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
        usage = " ".join(["jcli", path, *(placeholder(p) for p in arguments)])
        lines += ["", f"**`{usage}`**", "", command.help.replace("\n", " ")]
        rows = [(f"`{_argument(p)}`", p.help) for p in arguments if p.help]
        rows += [(f"`{_option(p)}`", p.help) for p in options]
        if rows:
            lines += ["", f"| {' | '.join(columns)} |", "|---|---|"]
            lines += [f"| {name} | {meaning} |" for name, meaning in map(_cells, rows)]
    return "\n".join(lines) + "\n"


def _cells(row: tuple[str, str]) -> tuple[str, str]:
    name, meaning = row
    return name.replace("|", r"\|"), meaning.replace("|", r"\|")


def _argument(parameter: Any) -> str:
    return placeholder(parameter).strip("[]")


def _option(parameter: Any) -> str:
    return typed_as(parameter)


def main(language: str) -> None:
    """Print the commands of every page that has any."""
    messages.use(language)
    from typer.main import get_command

    from jamsostek_cli.cli.frame.app import app

    tree = list(commands(get_command(app)))
    pages = {topic: reference(topic, tree, language) for topic in manual.TOPICS}
    json.dump({"commands": [path for path, _ in tree], "pages": pages}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
