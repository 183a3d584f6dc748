"""The nouns of the command line: each module is loaded only when its noun is used."""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

from jamsostek_cli.cli.frame.group import OnceCommand
from jamsostek_cli.messages import text

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

NOUNS: Final = MappingProxyType(
    {
        "init": "office.database.init",
        "demo": "demo.command.demo",
        "status": "office.status.status",
        "import": "roster.importing.import_",
        "template": "roster.template.template",
        "batch": "roster.batch.app",
        "review": "review.review",
        "find": "find.find",
        "worker": "worker.command.app",
        "enrol": "enrol.command.enrol",
        "bpjs": "bpjs.command.app",
        "cover": "cover.command.app",
        "iuran": "iuran.command.app",
        "claim": "claim.command.app",
        "verify": "claim.settling.verify",
        "pay": "claim.settling.pay",
        "report": "report.app",
        "workforce": "office.workforce.app",
        "provisions": "office.provisions.app",
        "audit": "office.audit.app",
        "db": "office.database.app",
        "help": "office.help.help_",
    }
)
"""What answers to each noun: a module of the command line, and in it a group of commands or one command."""

_HELP: Final = MappingProxyType({"verify": "help.verify_alias", "pay": "help.pay_alias"})


class Nouns(TyperGroup):
    """All nouns, of which a run loads only its own: a start was mostly spent on the others."""

    _listing = False

    def list_commands(self, ctx: "Context") -> list[str]:
        """Return the nouns in the order of the month."""
        del ctx
        return list(NOUNS)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the nouns with their help."""
        self._listing = True
        super().format_commands(ctx, formatter)

    def format_epilog(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Close with where to read on."""
        del ctx
        formatter.write_paragraph()
        formatter.write_text(text("help.more"))

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """Return a noun's command or group; in the list of all of them only its name and help."""
        del ctx
        if cmd_name not in NOUNS:
            return None
        help_text = text(_HELP.get(cmd_name, f"help.{cmd_name}"))
        if self._listing:
            return TyperCommand(cmd_name, help=help_text)
        module, _, attribute = NOUNS[cmd_name].rpartition(".")
        found = getattr(import_module(f"jamsostek_cli.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            return get_group(found)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name, help=help_text, cls=OnceCommand)(found)
        return get_command(alone)
