"""The public views of the file as frames of pandas, with the types that their values have.

Text and identifiers are `string`, months `period[M]`, days `datetime64[s]`, moments `datetime64[s, UTC]`,
rupiah and counts `Int64`, yes and no `boolean`, shares `Float64`; what is blank is NA. People are joined by
`worker_id`: the columns of NIKs are left out, and a NIK within a text is masked.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.nik import hidden

FRAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "workers": "v_worker",
        "worker_corrections": "v_worker_correction",
        "changes_made": "v_change_made",
        "likenesses": "v_likeness",
        "roster_rows": "v_roster_row",
        "enrolments": "v_enrolment",
        "elsewhere": "v_elsewhere",
        "paid_spans": "v_paid_span",
        "submissions": "v_submission",
        "submission_lines": "v_submission_line",
        "bills": "v_bill",
        "bill_lines": "v_bill_line",
        "bill_payments": "v_bill_payment",
        "bill_corrections": "v_bill_correction",
        "budgets": "v_budget",
        "claims": "v_claim",
        "claim_lines": "v_claim_line",
        "payments": "v_payment",
        "claim_circumstances": "v_claim_circumstance",
        "claim_losses": "v_claim_loss",
        "claim_expenses": "v_claim_expense",
        "children": "v_child",
        "claim_children": "v_claim_child",
        "heirs": "v_heir",
        "claim_families": "v_claim_family",
        "visits": "v_visit",
        "claim_documents": "v_claim_document",
        "second_looks": "v_second_look",
        "workforce": "v_workforce",
        "closed_months": "v_closed_month",
        "officers": "v_officer",
        "audit": "v_audit",
    }
)
"""The frames, each with its view."""

_LEFT_OUT: Final = frozenset({"nik", "other_nik"})
_MONTHS: Final = frozenset({"month", "first_month", "last_month", "start_month", "end_month"})
_MOMENTS: Final = frozenset({"at"})
_FLAGS: Final = frozenset(
    [
        *("undone", "voided", "needs_confirmation", "total_disability", "traffic", "lost_at_sea"),
        *("registered", "working", "married"),
    ]
)
_RECKONED: Final = frozenset({"waiting", "payable", "amount"})
"""Numbers that a view reckons: of these SQLite says no type."""
_HASHES: Final = frozenset({"hash", "sha256", "changes"})
"""Texts in which no NIK stands."""


def frame(connection: Connection, view: str) -> pd.DataFrame:
    """Return a view of `FRAMES` as a frame."""
    declared = {name: kind for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({view})")}
    rows = pd.DataFrame(
        connection.execute(f"SELECT * FROM {view}").fetchall(), columns=[*declared], dtype=object
    )
    return pd.DataFrame(
        {
            name: _typed(name, rows[name], number=kind == "INTEGER" or name in _RECKONED)
            for name, kind in declared.items()
            if name not in _LEFT_OUT
        }
    )


def _typed(name: str, values: "pd.Series[Any]", *, number: bool) -> "pd.Series[Any]":
    typed: pd.Series[Any]
    if name in _MONTHS:
        typed = pd.Series(_each_once(values, lambda months: pd.PeriodIndex(months, freq="M")))
    elif name.endswith(("_on", "_date")):
        typed = pd.Series(_each_once(values, _days))
    elif name in _MOMENTS:
        typed = pd.to_datetime(values, format="ISO8601", utc=True).astype("datetime64[s, UTC]")
    elif name in _FLAGS:
        typed = values.map(bool, na_action="ignore").astype("boolean")
    elif number or name in _HASHES:
        typed = values.astype("Int64" if number else "string")
    elif name == "share":
        typed = values.astype("Float64")
    else:
        typed = pd.Series(_each_once(values, lambda texts: pd.array([*map(hidden, texts)], dtype="string")))
    return typed


def _each_once(values: "pd.Series[Any]", read: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - an array of any type
    """Return what `read` makes of values, each different one read once: a year of bills has twelve months."""
    codes, different = pd.factorize(values)
    return read(different).take(codes, allow_fill=True, fill_value=None)


def _days(days: Sequence[str]) -> pd.DatetimeIndex:
    return pd.to_datetime([*days], format="%Y-%m-%d").as_unit("s")
