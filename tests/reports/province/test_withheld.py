"""No count of one to four people follows from what is shown, by subtraction along any line either."""

import random

from jamsostek_cli.reports.province.withheld import SummedLine, withheld

VALUES = (0, 1, 2, 3, 4, 5, 6, 9, 40)


def test_no_line_gives_a_small_cell_away() -> None:
    chance = random.Random(3)
    for _ in range(2_000):
        wide, high = chance.randint(1, 4), chance.randint(1, 5)
        cells = {
            (x, y): (chance.choice(VALUES), chance.choice(VALUES)) for x in range(wide) for y in range(high)
        }
        lines = [[(x, y) for y in range(high)] for x in range(wide)]
        lines += [[(x, y) for x in range(wide)] for y in range(high)]
        out = withheld(cells, [SummedLine(line) for line in lines])
        for key, counts in cells.items():
            assert key in out or not any(0 < count < 5 for count in counts)
        for line in lines:
            gone = [cells[key] for key in line if key in out]
            sums = [sum(each) for each in zip(*gone, strict=True)]
            whole = all(key in out or not any(cells[key]) for key in line)
            assert whole or not gone or (len(gone) > 1 and all(not s or s >= 5 + len(gone) for s in sums))


def test_a_part_of_a_hidden_sum_is_hidden() -> None:
    cells = {"a": (9,), "b": (40,), "c": (0,), "d": (50,)}
    assert withheld(cells, [SummedLine(["a", "b", "c", "d", "x"], hidden=True)]) == {"a", "b"}
    assert withheld(cells, [SummedLine(["a", "b", "c", "d"])]) == frozenset()
    assert withheld(cells, [SummedLine(["a", "c"], hidden=True)]) == {"a"}
    assert withheld({}, [SummedLine([], hidden=True)]) == frozenset()
