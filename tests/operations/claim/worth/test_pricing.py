"""The worked examples of the law, entered and priced as an office does it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, person

REPORTED = "2026-12-01"
REDUCED = (10_000_000, 42_000_000)
ACCIDENT = ("--date", "2024-05-06")


@pytest.fixture
def insured(office: Office, roster: Callable[..., Path]) -> Callable[..., None]:
    """Enrol a person and pay exactly these months: `2024-10..2025-09`."""

    def insure(spans: Sequence[str], *more: str) -> None:
        office.ok("import", roster([person(1, born="1980-03-02")]), today="2023-10-02")
        for number, span in enumerate(spans):
            first, last = span.split("..")
            months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
            terms = ("--payer", "apbd-kota", "--decree", f"SK {number}", "--registered", *more)
            day = f"{first}-01"
            office.ok("enrol", "--worker", "P-000001", "--from", first, "--months", months, *terms, today=day)
            paying = ("--proof", f"SP2D-{number}", "--date", day)
            office.ok("iuran", "pay", span, *paying, today=day)

    return insure


def claimed(office: Office, *said: str) -> Any:
    return office.ok("claim", "add", "P-000001", *said, today=REPORTED)


@pytest.mark.parametrize(
    ("example", "said", "amount"),
    [
        (13, ("jkk-disability", *ACCIDENT, "--total-disability"), 68_000_000),
        (14, ("jkk-disability", *ACCIDENT, "--loss", "telunjuk kanan"), 7_200_000),
        (15, ("jkk-disability", *ACCIDENT, "--loss", "lengan kanan dari bahu=100%"), 32_000_000),
        (16, ("jkk-disability", *ACCIDENT, "--loss", "tangan kanan=50%"), 12_800_000),
        (17, ("jkk-treatment", *ACCIDENT, "--months-unable", "14"), 13_000_000),
        (18, ("jkk-treatment", *ACCIDENT, "--expense", "ambulans=6.200.000"), 5_000_000),
        (
            19,
            ("jkk-treatment", *ACCIDENT, "--expense", "home_care=24.000.000", "--home-care-months", "13"),
            20_000_000,
        ),
        (
            43,
            ("jkk-treatment", *ACCIDENT, "--expense", "ambulans=6.450.000", "--expense", "kapal=900.000"),
            5_900_000,
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_what_an_accident_is_worth(covered: Office, example: int, said: tuple[str, ...], amount: int) -> None:
    assert claimed(covered, "--kind", *said)["amount"] == amount, example


@pytest.mark.parametrize(
    ("example", "paid", "said", "amount", "outcomes"),
    [
        (1, ["2023-10..2024-09"], ("jkm", "--date", "2024-03-10"), 42_000_000, None),
        (2, ["2023-10..2024-09"], ("jkm", "--date", "2023-11-05"), 42_000_000, None),
        (3, ["2025-10..2026-09"], ("jkm", "--date", "2025-11-20"), 10_000_000, None),
        (5, ["2025-10..2026-09"], ("jkm", "--date", "2026-01-01"), 42_000_000, None),
        (6, ["2025-10..2026-09"], ("jkk-death", "--date", "2025-10-20"), 70_000_000, None),
        (32, ["2025-02..2026-01"], ("jkm", "--date", "2025-02-24"), None, REDUCED),
        (33, ["2025-01..2025-12"], ("jkm", "--date", "2025-03-09"), 10_000_000, None),
        (34, ["2024-10..2025-09", "2025-10..2026-09"], ("jkm", "--date", "2025-10-20"), 42_000_000, None),
        (35, ["2024-10..2025-09", "2025-11..2025-12"], ("jkm", "--date", "2025-12-10"), None, REDUCED),
        (36, ["2024-10..2025-06"], ("jkm", "--date", "2025-08-15"), None, (0, 42_000_000)),
        (
            37,
            ["2024-10..2025-09"],
            ("jkk-death", "--date", "2025-09-10", "--died", "2026-04-02", "--lost-at-sea"),
            70_000_000,
            None,
        ),
    ],
)  # fmt: skip
def test_what_a_death_is_worth(
    office: Office,
    insured: Callable[..., None],
    example: int,
    paid: list[str],
    said: tuple[str, ...],
    amount: int | None,
    outcomes: tuple[int, int] | None,
) -> None:
    insured(paid)
    claim = claimed(office, "--kind", *said)
    assert claim["amount"] == amount, example
    question = claim["question"]
    assert (question and (question["reduced"], question["full"])) == outcomes


def test_the_second_bracket_prices_a_death_at_work(office: Office, insured: Callable[..., None]) -> None:
    insured(["2023-10..2024-09"], "--income", "1150000")
    assert claimed(office, "--kind", "jkk-death", *ACCIDENT)["amount"] == 79_600_000


def test_a_right_that_has_lapsed_is_said_with_its_day(office: Office, insured: Callable[..., None]) -> None:
    insured(["2024-10..2025-09"])
    office.ok(
        "worker", "death", "P-000001", "--died", "2025-09-10", "--reported", "2025-09-11", today="2025-09-11"
    )
    late = ("--kind", "jkk-treatment", "--date", "2025-09-10", "--months-unable", "1")
    claim = office.ok("claim", "add", "P-000001", *late, today="2030-09-10")
    assert (claim["amount"], claim["refusal"]) == (None, "E418")
