import pytest

from jamsostek_cli.roster.cells.phones import international
from jamsostek_cli.roster.cells.text import Cell


@pytest.mark.parametrize(
    "cell",
    [
        "081220320617",
        "0812-2032-0617",
        "0812 2032 0617",
        "+6281220320617",
        "+62 812 2032 0617",
        "6281220320617",
        "62081220320617",
        "006281220320617",
        81220320617.0,
        "'081220320617",
        "081220320617 / 085359149637",
        "/081220320617",
        "081220320617 atau 0853",
        '="081220320617"',
        "WA 0812-2032-0617",
        "No. HP: 0812 2032 0617",
        "081220320617 (anak)",
        "0812-2032-0617 a.n. Budi",
    ],
)
def test_one_form_for_every_habit(cell: Cell) -> None:
    assert international(cell) == "+6281220320617"


def test_a_line_at_home_is_a_number_too() -> None:
    assert international("0548-21234") == "+6254821234"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "-",
        "tidak ada",
        "12345",
        "0812",
        "08122032061712345",
        "+1 202 555 0100",
        "0812203l0617",
        "O81220320617",
    ],
)
def test_anything_else_is_none(cell: Cell) -> None:
    assert international(cell) is None
