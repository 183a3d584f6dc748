"""The help page of a command in the language in use; the framework's own is English wherever one looks."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from typer.core import TyperCommand, TyperGroup

from jamsostek_cli.cli.frame.values import read_plainly
from jamsostek_cli.messages import catalogue, language, text
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter

_PLACEHOLDER: Final = re.compile(r"[A-Z]{2,}(?:\b|(?=\d))")
_OF_THE_FRAMEWORK: Final = MappingProxyType(
    {
        "--help": "page.help",
        "--install-completion": "page.install_completion",
        "--show-completion": "page.show_completion",
    }
)
"""Options that typer makes, and what we say of them."""
_WHOLE: Final = 1000
"""So long a help may be before it is cut in a list of commands; it is wrapped instead."""


def metavar(declared: str) -> str:
    """Return how a value is called that is declared as `FILE`, `MONTH..MONTH`, `FOLDER|FILE`.

    >>> metavar("MONTH[..MONTH]"), metavar("P-000123")
    ('BULAN[..BULAN]', 'P-000123')
    """
    known = catalogue(language())
    return _PLACEHOLDER.sub(lambda found: known.get(f"meta.{found[0]}", found[0]), declared)


class _Page:
    """A help page whose headings and placeholders follow the language, and whose values are words."""

    def format_usage(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write how a command is typed."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{text('page.usage')}: ")

    def collect_usage_pieces(self, ctx: "Context") -> list[str]:
        """Return what may follow the name of a command."""
        arguments = [placeholder(param) for param in _params(self, ctx, "argument")]
        below = text("page.subcommand") if isinstance(self, TyperGroup) else ""
        return [piece for piece in (text("page.options_piece"), *arguments, below) if piece]

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the arguments and the options, and what stands below a group."""
        for kind in ("argument", "option"):
            lines = [(typed_as(param), meaning(param)) for param in _params(self, ctx, kind)]
            if lines:
                with formatter.section(text(f"page.{kind}s")):
                    formatter.write_dl(lines)
        if isinstance(self, TyperGroup):
            self.format_commands(ctx, formatter)


class PageCommand(_Page, TyperCommand):
    """A command with such a page."""


class PageGroup(_Page, TyperGroup):
    """A group of commands with such a page."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read the options of the group, and whose turn it is."""
        read_plainly(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: "Context") -> list[str]:
        """Return the names of the commands, none of which is built for it."""
        del ctx
        return list(self.commands)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write what each command is for, none of it cut."""
        for heading, names in self.panels(ctx):
            with formatter.section(heading):
                formatter.write_dl([(name, self.said_of(ctx, name)) for name in names])

    def panels(self, ctx: "Context") -> Sequence[tuple[str, Sequence[str]]]:
        """Return the commands under the headings that part them."""
        return [(text("page.commands"), self.list_commands(ctx))]

    def said_of(self, ctx: "Context", name: str) -> str:
        """Return in one sentence what a command is for."""
        command = self.get_command(ctx, name)
        return "" if command is None else command.get_short_help_str(_WHOLE)


def _params(command: Any, ctx: "Context", kind: str) -> Iterator[Any]:  # noqa: ANN401 - parameters of the framework
    for param in command.get_params(ctx):
        if param.param_type_name == kind and not param.hidden:
            yield param


def placeholder(param: Any) -> str:  # noqa: ANN401 - as _params
    """Return how an argument stands in the line of use: in brackets where it may be left out."""
    name = metavar(param.metavar or param.name.upper())
    name += "..." if param.nargs != 1 and not name.endswith(("...", "]")) else ""
    return name if param.required or name.startswith("[") else f"[{name}]"


def typed_as(param: Any) -> str:  # noqa: ANN401 - as _params
    """Return what is typed for a parameter, its short form first."""
    if param.param_type_name == "argument":
        return metavar(param.metavar or param.name.upper()).strip("[]")
    names = sorted(param.opts, key=lambda name: name.startswith("--"))
    value = "" if param.is_flag else f" {metavar(param.metavar or 'TEXT')}"
    return ", ".join(names) + value


def meaning(param: Any) -> str:  # noqa: ANN401 - as _params
    """Return what a parameter means, and that it must be given or what it is without."""
    said = next(
        (text(key) for name, key in _OF_THE_FRAMEWORK.items() if name in param.opts), param.help or ""
    )
    if param.required:
        return f"{said}  [{text('page.required')}]"
    default = param.default
    if default is None or isinstance(default, bool) or default == 0:
        return said
    shown = word(default) if isinstance(default, StrEnum) else default
    return f"{said}  [{text('page.default', value=shown)}]"
