"""The moves of a claim, as a full matrix."""

import pytest

from jamsostek_cli.domain.claim import MOVES, ClaimMove, ClaimState, after, difference, owed
from jamsostek_cli.errors import JcliError

ALLOWED = {
    ClaimState.REPORTED: {"document", "set", "submit", "verify", "reject", "withdraw", "next"},
    ClaimState.SUBMITTED: {"document", "set", "submit", "verify", "reject", "withdraw", "next"},
    ClaimState.VERIFIED: {
        "document",
        "submit",
        "approve",
        "pay",
        "return",
        "close",
        "void",
        "reject",
        "withdraw",
        "next",
    },
    ClaimState.PAID: {"document", "void"},
    ClaimState.REJECTED: {"reopen"},
    ClaimState.WITHDRAWN: {"reopen"},
}


@pytest.mark.parametrize("state", ClaimState)
@pytest.mark.parametrize("move", ClaimMove)
def test_each_move_is_allowed_or_refused_by_name(state: ClaimState, move: ClaimMove) -> None:
    if move.value in ALLOWED[state]:
        assert after("K-2025-0001", state, move) is MOVES[state, move]
        return
    with pytest.raises(JcliError) as refusal:
        after("K-2025-0001", state, move)
    assert refusal.value.code == ("E411" if (state, move) == ("paid", "pay") else "E409")
    assert refusal.value.facts["allowed"] == tuple(move for move in ClaimMove if move in ALLOWED[state])


@pytest.mark.parametrize(
    ("state", "amount", "paid", "rest", "beside"),
    [
        ("reported", 42_000_000, 0, None, None),
        ("submitted", None, 0, None, None),
        ("verified", 42_000_000, 0, 42_000_000, None),
        ("verified", 42_000_000, 20_000_000, 22_000_000, None),
        ("paid", 42_000_000, 42_000_000, 0, 0),
        ("paid", 42_000_000, 40_000_000, 0, -2_000_000),
        ("paid", 42_000_000, 44_000_000, 0, 2_000_000),
        ("rejected", 42_000_000, 0, 0, None),
        ("withdrawn", None, 0, 0, None),
    ],
)
def test_what_is_owed_and_what_differs_follow_from_the_state(
    state: str, amount: int | None, paid: int, rest: int | None, beside: int | None
) -> None:
    assert owed(ClaimState(state), amount, paid) == rest
    assert difference(ClaimState(state), amount, paid) == beside
