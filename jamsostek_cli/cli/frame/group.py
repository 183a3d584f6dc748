"""How every group of commands behaves."""

from collections import Counter, UserDict
from collections.abc import Callable
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

import typer
from typer.main import get_command_from_info, get_group

from jamsostek_cli.cli.frame.page import PageCommand, PageGroup
from jamsostek_cli.cli.frame.values import read_plainly
from jamsostek_cli.messages import text

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

NAMELESS: Final = "[NAMELESS]"
"""Under which name the command is registered that a `DefaultGroup` runs where no other is named."""


class OnceCommand(PageCommand):
    """A command that takes an option of one value once: of two, none is dropped in silence."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read the command line; an option given twice, where it takes one value, is a `BadParameter`.

        A global option is not of the command: an alias may hold one, and whoever types it again means that.
        """
        read_plainly(self.get_params(ctx))
        _, _, given = self.make_parser(ctx).parse_args(args=list(args))
        for param, times in Counter(given).items():
            single = param.param_type_name == "option" and not getattr(param, "is_flag", False)
            if times > 1 and single and not getattr(param, "multiple", False):
                raise typer.BadParameter(text("usage.once"), param_hint=param.opts[-1])
        return super().parse_args(ctx, args)


class _Noun(typer.Typer):
    """A group whose commands take an option of one value once."""

    def command(self, name: str | None = None, **settings: Any) -> Callable[..., Any]:  # noqa: ANN401 - as typer's own
        return super().command(name, **{"cls": OnceCommand, **settings})


class DefaultGroup(PageGroup):
    """A group of commands beside one that needs no name: whatever is no command is for that one."""

    @property
    def nameless(self) -> "Command":
        """The command that needs no name."""
        return self.commands[NAMELESS]

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Name the command that needs no name, unless another one or help is asked for."""
        named = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else [NAMELESS, *args])

    def resolve_command(
        self, ctx: "Context", args: list[str]
    ) -> "tuple[str | None, Command | None, list[str]]":
        """Return the command to run; the nameless one leaves no trace in what the command is called."""
        name, command, rest = super().resolve_command(ctx, args)
        return None if name == NAMELESS else name, command, rest

    def list_commands(self, ctx: "Context") -> list[str]:
        """Return the commands that have a name."""
        return [name for name in super().list_commands(ctx) if name != NAMELESS]

    def collect_usage_pieces(self, ctx: "Context") -> list[str]:
        """Return how the nameless command is typed, and that there are others."""
        return [*self.nameless.collect_usage_pieces(ctx), f"| {text('page.subcommand')}"]

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write what the nameless command takes, and the others."""
        self.nameless.format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


class _Commands(UserDict[str, "Command"]):
    """The commands of a group by name, each built when it is asked for: a run needs one of twenty."""

    def __init__(self, builders: "dict[str, Callable[[], Command]]") -> None:
        super().__init__()
        self.data = cast("dict[str, Command]", dict.fromkeys(builders))
        self.builders = builders

    def __getitem__(self, name: str) -> "Command":
        if self.data[name] is None:
            self.data[name] = self.builders[name]()
        return self.data[name]


def built(noun: typer.Typer, name: str = "") -> "Command":
    """Return a group of commands, none of which is built before it is asked for."""
    empty = copy(noun)
    empty.registered_commands, empty.registered_groups = [], []
    made = get_group(empty)
    made.name = name or made.name
    builders: dict[str, Callable[[], Command]] = {
        str(info.name): partial(
            get_command_from_info, info, pretty_exceptions_short=False, rich_markup_mode=None
        )
        for info in noun.registered_commands
    }
    for below in noun.registered_groups:
        builders[str(below.name)] = partial(built, cast("typer.Typer", below.typer_instance), str(below.name))
    made.commands = _Commands(builders)
    return made


def group(
    help_key: str, *, invoke_without_command: bool = False, cls: type[PageGroup] = PageGroup
) -> typer.Typer:
    """Return an empty group: short help without arguments, `-h` beside `--help`, no pretty tracebacks."""
    return _Noun(
        cls=cls,
        help=text(help_key),
        no_args_is_help=not invoke_without_command,
        invoke_without_command=invoke_without_command,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
