"""A group of commands beside one that needs no name."""

from tests.conftest import Office


def test_the_legal_values_and_their_cases_are_two_commands_of_one_group(office: Office) -> None:
    shown = office("provisions", "--help").out
    assert "provisions [PILIHAN] [NAMA] | PERINTAH ..." in shown
    assert ("--unread" in shown, "check" in shown, "NAMELESS" in shown) == (True, True, False)
    assert "BERKAS.toml..." in office("provisions", "check", "--help").out
    assert office("provisions", "jkm.pemakaman", "--json").json["schema"] == "jcli.provisions/1"
    assert office("provisions", "check").error == "E002"
    assert office("provisions", "check", "x.toml", "--unread").error == "E002"
