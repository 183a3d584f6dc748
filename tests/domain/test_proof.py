"""One proof number, in every way people type it."""

import pytest

from jamsostek_cli.domain.proof import same_proof


@pytest.mark.parametrize(
    "spelt",
    [
        "sp2d-0117/2025",
        " SP2D -\t0117 / 2025 ",
        "SP2D\u20100117/2025",
        "SP2D\u20140117/2025",
        "SP2D\u22120117/2025",
        "SP2D\u00ad0117/2025",
        "SP2D\u02d70117/2025",
        "SP2D\u30fc0117/2025",
        "SP2D\uff0d0117/2025",
        "SP2D__0117/2025",
        "SP2D0117/2025",
        "SP2D\u00a00117/2025",
        "SP2D\u3000-0117/2025",
        "SP2D-01\u200b17/20\u206025",
        "SP2D-0117\ufe0f/2025\ufeff",
        "SP2D-01\ufffd17/2025",
        "SP2D\u28000117\u3164/2025",
        "\u202eSP2D-0117/2025\u202c",
        "\uff33\uff30\uff12\uff24-\uff10\uff11\uff11\uff17\uff0f2025",
    ],
)
def test_spellings_of_one_number(spelt: str) -> None:
    assert same_proof(spelt) == same_proof("SP2D-0117/2025")


@pytest.mark.parametrize(
    "other", ["SP2D-0118/2025", "SP2D-117/2025", "SP2D-0117.2025", "SP2D-01172025", "SPD-0117/2025", ""]
)
def test_another_number(other: str) -> None:
    assert same_proof(other) != same_proof("SP2D-0117/2025")
