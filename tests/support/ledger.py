"""A second count of a year's contributions, kept as the story goes: who is paid for, by whom, when."""

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Final

from tests.conftest import Office

RATE: Final = 10_000 + 6_800
"""JKK and JKM of one person for one month, in rupiah."""

Key = tuple[str, str, int]
"""A bill: month, payer, supplement."""


class Ledger:
    """Bills as they were paid, and the months that stand paid; workers by the number in `P-000123`."""

    def __init__(self) -> None:
        self.charged: dict[Key, dict[int, int]] = {}
        self.credited: dict[Key, dict[tuple[int, str], int]] = {}
        self.standing: defaultdict[tuple[str, str], set[int]] = defaultdict(set)

    def pay(
        self,
        payer: str,
        month: str,
        people: Collection[int],
        *,
        rate: int = RATE,
        supplement: int = 0,
        back: Collection[tuple[int, str]] = (),
    ) -> None:
        """Enter a paid bill of `people`; it takes off the months of `back`, which stand paid no more."""
        self.charged[month, payer, supplement] = dict.fromkeys(people, rate)
        self.credited[month, payer, supplement] = dict.fromkeys(back, -rate)
        self.standing[payer, month] |= set(people)
        for worker, gone in back:
            self.standing[payer, gone].remove(worker)

    def amount(self, key: Key) -> int:
        """Return what the people of a bill cost."""
        return sum(self.charged[key].values())

    def correction(self, key: Key) -> int:
        """Return what a bill takes off: 0 or less."""
        return sum(self.credited[key].values())

    def spent(self, payer: str) -> int:
        """Return what a payer has transferred so far."""
        return sum(self.amount(key) + self.correction(key) for key in self.charged if key[1] == payer)

    def covered(self, month: str) -> set[int]:
        """Return who stands paid in a month, by whomever."""
        return {worker for (_, when), people in self.standing.items() if when == month for worker in people}

    def agrees(self, office: Office) -> None:
        """Check that views and commands say what stands here, to the rupiah and to the person."""
        keys = sorted(self.charged)
        bills = [(*key, len(self.charged[key]), self.amount(key), self.correction(key)) for key in keys]
        assert (
            office.rows(
                "SELECT month, payer, supplement, heads, amount, correction FROM v_bill WHERE state = 'paid'"
                " ORDER BY month, payer, supplement"
            )
            == bills
        )
        assert [
            (bill["month"], bill["payer"], bill["supplement"], bill["heads"], bill["amount"],
             bill["correction"])
            for bill in office.ok("iuran", "list") if bill["state"] == "paid"
        ] == bills  # fmt: skip
        lines: Counter[tuple[Key, int]] = Counter()
        for *key, worker, rupiah in office.rows(
            "SELECT month, payer, supplement, worker_id, sum(amount) FROM v_bill_line"
            " WHERE (month, payer, supplement) IN"
            " (SELECT month, payer, supplement FROM v_bill WHERE state = 'paid') GROUP BY 1, 2, 3, 4"
        ):
            lines[(key[0], key[1], key[2]), worker] += rupiah
        assert lines == {
            (key, worker): rupiah for key in keys for worker, rupiah in self.charged[key].items()
        }
        assert office.rows(
            "SELECT month, payer, worker_id, first_month, last_month, amount FROM v_bill_correction"
            " ORDER BY month, payer, worker_id"
        ) == [
            (month, payer, worker, gone, gone, rupiah)
            for month, payer, supplement in keys
            for (worker, gone), rupiah in sorted(self.credited[month, payer, supplement].items())
        ]
        paid: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for payer, worker, first, last in office.rows(
            "SELECT payer, worker_id, first_month, last_month FROM v_paid_span"
        ):
            for month in {key[0] for key in keys if first <= key[0] <= last}:
                assert worker not in paid[payer, month]
                paid[payer, month].add(worker)
        assert paid == {key: people for key, people in self.standing.items() if people}
        assert office.one("SELECT sum(amount) FROM bill_payment") == sum(
            self.spent(payer) for payer in {key[1] for key in keys}
        )
