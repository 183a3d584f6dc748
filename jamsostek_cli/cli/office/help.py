"""`jcli help [TOPIC | CODE | COMMAND]`: the manual, and what the codes mean, offline."""

import sys
from typing import Annotated, Any

import typer

from jamsostek_cli import manual
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.errors import ERRORS, ExitStatus, JcliError
from jamsostek_cli.messages import language, text
from jamsostek_cli.tables.table import Coded, Column, Table

CODES = ("exit-codes", "errors", "findings")
_WIDEST = 96
"""Lines of running text longer than this are hard to follow."""


def help_(
    ctx: typer.Context,
    subject: Annotated[
        list[str] | None, typer.Argument(metavar="[TOPIC|CODE|COMMAND]", help=text("opt.subject"))
    ] = None,
) -> None:
    """List the pages, show one of them, or explain a code or a command."""
    current = session(ctx)
    words = [word for word in subject or () if word != "jcli"]
    words = [{_named(topic): topic for topic in CODES}.get(word, word) for word in words]
    name = " ".join(words)
    code = _code_topic(name)
    if not words:
        _topics(current)
    elif words[0] in CODES:
        _codes(current, words[0], " ".join(words[1:]) or None)
    elif name in manual.TOPICS:
        _page(current, name)
    elif code is not None:
        _codes(current, code, name)
    elif (topic := _topic_of(words)) is not None:
        _page(current, topic, [text("say.told_in", command=name, topic=topic)])
    else:
        raise JcliError("E002", problem=_unknown(words))


def _named(topic: str) -> str:
    """Return what a page is called in the language in use; those of the manual are called like commands."""
    return text(f"topic_name.{topic}") if topic in CODES else topic


def _code_topic(name: str) -> str | None:
    """Return the topic to which a code belongs, or None when it is no code."""
    from jamsostek_cli.roster.findings import FINDINGS

    if name.upper() in ERRORS:
        return "errors"
    if name.casefold() in FINDINGS:
        return "findings"
    return "exit-codes" if name in {str(int(status)) for status in ExitStatus} else None


def _topic_of(words: list[str]) -> str | None:
    """Return the page that tells of a command that exists, however it goes on."""
    from typer.main import get_command

    from jamsostek_cli.cli.frame.app import app

    command: Any = get_command(app)
    for word in words:
        subcommand = getattr(command, "get_command", None)
        command = None if subcommand is None else subcommand(typer.Context(command), word)
        if command is None:
            return None
    return manual.topic_of(" ".join(words))


def _unknown(words: list[str]) -> str:
    """Return that there is no such page, and which ones were probably meant."""
    from jamsostek_cli.cli.frame.near import near
    from jamsostek_cli.cli.frame.nouns import NOUNS
    from jamsostek_cli.roster.findings import FINDINGS

    guesses = near(words[0], [*manual.TOPICS, *CODES, *NOUNS, *FINDINGS])
    problem = text("usage.no_topic", name=" ".join(words))
    if not guesses:
        return text("usage.topics", problem=problem, topics=", ".join(map(_named, (*manual.TOPICS, *CODES))))
    return text("usage.near", problem=problem, near=" / ".join(f"jcli help {guess}" for guess in guesses))


def _topics(current: Session) -> None:
    columns = (
        Column("topic", of=lambda topic: Coded(topic, _named(topic))),
        Column("meaning", of=lambda topic: text(f"topic.{topic}")),
    )
    table = Table.of("topics", (*manual.TOPICS, *CODES), columns)
    hints = [text("say.help")]
    show(current, Answer(part="topics", data=table.records(), tables=[table], hints=hints))


def _page(current: Session, topic: str, hints: list[str] | None = None) -> None:
    """Show a page: drawn on a terminal, as it is written in a pipe."""
    written = manual.page(topic, language())
    drawn = sys.stdout.isatty() and not (current.json or current.quiet)
    if drawn:
        from rich.markdown import Markdown
        from rich.theme import Theme

        from jamsostek_cli.cli.frame.drawing import terminal

        console = terminal(in_colour=current.color)
        with console.use_theme(Theme({"markdown.code": "cyan"})):  # of its own accord Rich paints it on black
            page = Markdown(written, code_theme="ansi_light", hyperlinks=False)
            console.print(page, width=min(console.width, _WIDEST))
    lines = () if drawn else written.splitlines()
    data = {"topic": topic, "language": language(), "text": written}
    show(current, Answer(part="page", data=data, lines=lines, hints=hints or ()))


def _codes(current: Session, topic: str, code: str | None) -> None:
    """Show what all codes of a kind mean, or one; a finding with its specimen."""
    from jamsostek_cli.cli.office import codes

    table = {"exit-codes": codes.exit_codes, "errors": codes.errors, "findings": codes.findings}[topic]()
    shown, hints = [table], []
    if code is not None:
        shown = [table := codes.only(table, code)]
    if topic == "findings":
        shown = codes.side_by_side(table)
        if code is not None:
            specimen, why = codes.specimen(code.casefold())
            shown, hints = [*shown, specimen], [why]
    show(current, Answer(part=topic, data=table.records(), tables=shown, hints=hints))
