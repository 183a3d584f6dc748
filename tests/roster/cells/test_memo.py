from jamsostek_cli.roster.cells.memo import Memo


def test_a_value_is_worked_out_once() -> None:
    asked: list[str] = []

    def upper(text: str) -> str:
        asked.append(text)
        return text.upper()

    memo = Memo(upper)

    assert [memo["a"], memo["a"], memo["b"]] == ["A", "A", "B"]
    assert asked == ["a", "b"]
