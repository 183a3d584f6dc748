"""Groups of commands: one beside a command that needs no name, and what is built of one."""

import typer

from jamsostek_cli.cli.claim import command as claim
from jamsostek_cli.cli.frame.group import built
from jamsostek_cli.cli.frame.page import PageGroup
from tests.conftest import Office


def test_the_legal_values_and_their_cases_are_two_commands_of_one_group(office: Office) -> None:
    shown = office("provisions", "--help").out
    assert "provisions [PILIHAN] [NAMA] | PERINTAH ..." in shown
    assert ("--unread" in shown, "check" in shown, "NAMELESS" in shown) == (True, True, False)
    assert "BERKAS.toml..." in office("provisions", "check", "--help").out
    assert office("provisions", "jkm.pemakaman", "--json").json["schema"] == "jcli.provisions/1"
    assert office("provisions", "check").error == "E002"
    assert office("provisions", "check", "x.toml", "--unread").error == "E002"


def test_of_a_group_only_the_command_that_is_asked_for_is_built() -> None:
    group = built(claim.app)
    assert isinstance(group, PageGroup)
    context = typer.Context(group)
    names = group.list_commands(context)
    assert {"list", "show", "heir"} <= set(names)
    heirs = group.get_command(context, "heir")
    assert heirs is group.get_command(context, "heir")
    assert getattr(heirs, "name", None) == "heir"
    assert group.get_command(context, "lst") is None
    assert [name for name, command in vars(group.commands)["data"].items() if command] == ["heir"]
