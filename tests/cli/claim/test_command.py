"""What the help of a claim offers can be claimed."""

import pytest

from tests.conftest import Run


@pytest.mark.parametrize("command", ["add", "list"])
def test_the_help_names_the_kinds_that_are_reckoned(jcli: Run, command: str) -> None:
    said = " ".join(jcli("claim", command, "--help").out.split())
    assert "Jaminan Kematian; Jaminan Kecelakaan Kerja, meninggal" in said
    assert "Beasiswa" not in said


def test_other_kinds_are_words_that_are_refused_with_those_there_are(jcli: Run) -> None:
    ran = jcli("claim", "add", "P-000001", "--kind", "beasiswa", "--date", "2025-03-09")
    assert ran.error == "E002"
    assert "Jaminan Kematian; Jaminan Kecelakaan Kerja, meninggal" in ran.err
