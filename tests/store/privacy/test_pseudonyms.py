"""What stays of a row of every table when its person is taken out; twice changes nothing more."""

import json
from typing import Any

import pytest

from jamsostek_cli.store.file.trail import redaction
from jamsostek_cli.store.privacy import pseudonyms
from jamsostek_cli.store.privacy.pseudonyms import Chosen

NIK = "6474011708850017"
OTHER = "6474011708850018"
CHOSEN = Chosen(
    workers=frozenset({7}),
    claims={70: 7},
    rows=frozenset({(1, 0, 9)}),
    elsewhere=frozenset({5}),
    niks={NIK: "0000000000000007", OTHER: "0001000000000001"},
)
_CHANGE = {"id": 1, "worker_id": 7, "field": "phone", "old": "0812", "new": "0813"}
_ROW = {"batch_id": 1, "sheet": 0, "row": 9, "worker_id": None, "raw": None, "findings": None, "facts": None}
_WAITING = [OTHER, None, "BUDI", None, "1985-08-17", "L", *[None] * 8]


@pytest.mark.parametrize(
    ("table", "row", "left"),
    [
        ("worker_change", _CHANGE, {"old": "-", "new": "--"}),
        ("worker_change", {**_CHANGE, "field": "status", "old": "active", "new": "moved"}, {}),
        (
            "worker_change",
            {**_CHANGE, "field": "nik", "old": OTHER, "new": NIK},
            {"old": "0000000000000007", "new": "0000000000000007-"},
        ),
        ("change_made", {**_CHANGE, "place": "enrolment", "field": "kpj", "old": None}, {"new": "--"}),
        ("change_made", {**_CHANGE, "place": "enrolment", "field": "end_month", "old": "2025-01"}, {}),
        ("worker_correction", {**_CHANGE, "reason": "KTP Budi"}, {"old": "-", "new": "--", "reason": "-"}),
        ("worker_change", {**_CHANGE, "worker_id": 8}, {}),
        ("enrolment", {"worker_id": 7, "kpj": "12345678901", "decree": "SK"}, {"kpj": "00000000007"}),
        ("payment", {"claim_id": 70, "payee": "BUDI", "account": None, "amount": 5}, {"payee": "-"}),
        ("payment", {"claim_id": 71, "payee": "BUDI", "account": "12", "amount": 5}, {}),
        ("likeness", {"low": NIK, "high": OTHER}, {"low": "0000000000000007", "high": "0001000000000001"}),
        ("likeness", {"low": "1111111111111111", "high": NIK}, {"low": "0000000000000007", "high": "1" * 16}),
        ("refused_bearer", {"nik": NIK, "name_key": "BUDI"}, {"nik": "0000000000000007", "name_key": "-"}),
        ("refused_bearer", {"nik": "1" * 16, "name_key": "BUDI"}, {}),
        (
            "elsewhere",
            {"id": 5, "nik": OTHER, "name": "BUDI", "birth_date": "1985-08-17"},
            {"nik": "0001000000000001", "name": "-", "birth_date": None},
        ),
        ("elsewhere", {"id": 6, "nik": "1" * 16, "name": "BUDI", "birth_date": None}, {}),
        (
            "roster_row",
            {**_ROW, "raw": '{"nik": "x", "jcli:origin": [0, 3]}'},
            {"raw": '{"jcli:origin": [0, 3]}'},
        ),
        ("roster_row", {**_ROW, "row": 8, "raw": '{"nik": "x"}'}, {}),
        (
            "roster_row",
            {**_ROW, "findings": json.dumps([{"code": "a", "field": None, "hint": "x"}])},
            {"findings": '[{"code": "a", "field": null, "hint": ""}]'},
        ),
        (
            "roster_row",
            {**_ROW, "facts": json.dumps(_WAITING)},
            {"facts": json.dumps(["0001000000000001", None, "-", None, "1985-08-17", "L", *[None] * 8])},
        ),
    ],
)
def test_a_row_keeps_what_counts_and_no_name(table: str, row: dict[str, Any], left: dict[str, Any]) -> None:
    new = pseudonyms.rewritten(CHOSEN, table, row)
    assert new == {**row, **left}
    again = pseudonyms.rewritten(CHOSEN, table, new)
    assert again == new or table == "change_made"


def test_names_are_learned_from_cells_changes_and_facts() -> None:
    row = {**_ROW, "facts": json.dumps(_WAITING), "raw": '{"name": "Budi bin Ali", "address": "Jl. A"}'}
    assert set(pseudonyms.names_in("roster_row", row)) == {OTHER, "Budi bin Ali"}
    assert list(pseudonyms.names_in("worker_change", _CHANGE)) == ["0812", "0813"]
    assert list(pseudonyms.names_in("heir", {"name": "SITI", "basis": "surat"})) == ["SITI"]


def test_what_is_rewritten_is_what_the_proof_lets_be_rewritten() -> None:
    declared = pseudonyms.TABLES.keys() | pseudonyms.FREE_TEXTS.keys() | pseudonyms.BY_NIK
    assert declared == redaction.REWRITABLE.keys()
    for table in redaction.REWRITABLE.keys() - pseudonyms.BY_NIK:
        personal = pseudonyms.TABLES[table].facts.keys() if table in pseudonyms.TABLES else set()
        assert redaction.REWRITABLE[table] == personal | set(pseudonyms.FREE_TEXTS.get(table, ()))
