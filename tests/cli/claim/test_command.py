"""What the help of a claim offers can be claimed."""

import pytest

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.tables.wording import word
from tests.conftest import Run


@pytest.mark.parametrize("command", ["add", "list"])
def test_the_help_names_every_kind(jcli: Run, command: str) -> None:
    said = " ".join(jcli("claim", command, "--help").out.split())
    assert "; ".join(map(word, ClaimKind)) in said
