"""How every group of commands behaves."""

import typer
from typer.core import TyperGroup

from jamsostek_cli.messages import text


def group(
    help_key: str, *, invoke_without_command: bool = False, cls: type[TyperGroup] = TyperGroup
) -> typer.Typer:
    """Return an empty group: short help without arguments, `-h` beside `--help`, no pretty tracebacks."""
    return typer.Typer(
        cls=cls,
        help=text(help_key),
        no_args_is_help=not invoke_without_command,
        invoke_without_command=invoke_without_command,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
