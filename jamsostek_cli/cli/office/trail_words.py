"""What an act changed, in words: facts of the trail and rows of tables as somebody untrained reads them."""

import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jamsostek_cli.domain import privacy
from jamsostek_cli.domain.enrolment import NOT_ENROLLED
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.domain.papers import PaperName
from jamsostek_cli.messages import MONTHS, figures, text
from jamsostek_cli.tables.table import Coded
from jamsostek_cli.tables.wording import in_words, known, paper_name, payer_name

if TYPE_CHECKING:
    from jamsostek_cli.store.file.trail.entries import Entry

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00", re.ASCII)
_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_RUPIAH: Final = frozenset(
    {
        *("amount", "amounts", "owed", "paid", "difference", "cost", "correction", "amount_after"),
        *("basis", "least", "expenses", "payable", "head_above"),
    }
)
_FLAGS: Final = frozenset(
    {
        *("registered", "working", "married", "undone", "voided", "replaced", "workday", "traffic"),
        *("lost_at_sea", "total_disability"),
    }
)
_FAMILIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "state": ("claim_state", "bill_state"),
        "to": ("recipient",),
        "why": ("file_kind",),
        "status": ("worker_status", "enrolment_status"),
        "kind": ("claim_kind",),
        "cause": ("cause",),
        "death_cause": ("cause",),
        "capacity": ("capacity",),
        "payee_capacity": ("capacity",),
        "sector": ("sector",),
        "level": ("level",),
        "work": ("work",),
        "relation": ("relation",),
        "held_by": ("holder",),
        "filed_by": ("holder",),
        "confirmed": ("claim_outcome",),
        "outcome": ("row_outcome", "line_outcome"),
        "decision": ("decision",),
        "purpose": ("purpose",),
        "found": ("look_found",),
        "rejected_for": ("rejection_reason",),
        "end_reason": ("end_reason",),
        "reason": ("leaving_reason", "end_reason"),
        "segment": ("segment", "workforce_segment"),
        "component": ("component",),
        "risks": ("claim_risk",),
        "decides": ("decision_ground",),
        "roles": ("role",),
        "field": ("fact", "col"),
    }
)
"""The families of words in which the codes of a fact stand."""
_ITEM: Final = ":"
"""What stands in the name of an item of the review alone, which was decided."""
_ABOUT_NOBODY: Final = frozenset({"office", "agency", "area", "budget", "workforce", "officer", "month"})
"""The families of acts that name no person of the register."""
_COUNTED: Final = frozenset({"seed", "year", "school_year", "month", "day", "account", "sheet"})
"""Facts that are numbers and no amounts: they are read without separators."""

_LABELLED: Final = frozenset(
    {
        *(
            "left",
            "to",
            "head",
            "lost",
            "shared",
            "earlier",
            "hash",
            "beside",
            "chosen",
            "seed",
            "after_refusal",
            "agency_id",
            "alike",
            "amount",
            "amounts",
            "area_code",
            "audit_seq",
        ),
        *("basis", "batch_id", "before_death", "bill_id", "changes", "child_id", "children"),
        *("claim_id", "codes", "columns", "confirmed", "confirmed_because", "contacts", "corrected_on"),
        *("correction", "cost", "death_reported_on", "deaths", "decided_by", "decides", "did"),
        *("draws", "ends", "enrolment", "enrolment_id", "enrolments_ended", "expenses", "facts"),
        *("figures", "file", "filed_by", "files", "findings", "first", "fixed_by", "fixes", "follows"),
        *("full_address", "header_row", "headings", "heads_by_terms", "high", "home_care_months"),
        *("id", "into", "kecamatan_code", "kept", "last", "layout", "losses", "lost_at_sea"),
        *("low", "mark", "months_unable", "name_key", "niks", "notes", "number", "other_day"),
        *("override", "owed", "own_provisions", "paid", "paid_after", "pairs", "paper", "papers"),
        *("part", "payee_capacity", "payee_heir", "payees", "payers", "payment_id", "people"),
        *("period", "place_id", "planned_end_month", "position", "proofs", "proposed_again"),
        *("raw", "refused_before", "registered", "removed", "removed_on", "restored", "reverses"),
        *(
            "schema",
            "school_year",
            "sha256",
            "sheets",
            "skipped",
            "spans",
            "start_month",
            "state_hash",
            "state_seq",
            "submission_id",
        ),
        *(
            "supplement_payment_id",
            "tables",
            "total_disability",
            "traffic",
            "undecided",
            "undo_audit_seq",
            "undone",
        ),
        *("verified", "visits", "void_audit_seq", "voided_on", "worker", "worker_id"),
    }
)
"""Facts of the trail and columns of the file that have a name of their own; others are called as in lists."""


class TrailFact(NamedTuple):
    """One fact before and after, in words; None where there was, or is, none."""

    field: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        """Return the change in a line: `jumlah: Rp10.000.000 → Rp42.000.000`."""
        if self.after is None:
            return text("trail.was", field=self.field, before=self.before)
        if self.before is None:
            return f"{self.field}: {self.after}"
        return f"{self.field}: {self.before} → {self.after}"


def about(subject: str) -> Coded:
    """Return whom or what it was done to, in words."""
    many = text("audit_subject.not-enrolled") if subject == NOT_ENROLLED else None
    return Coded(subject, many or in_words(subject))


def because(reason: str) -> Coded:
    """Return why something was done, as it was typed or in words for one of the office's own reasons."""
    said = hidden(reason)
    return Coded(said, _word(("reason",), reason) or said)


def table_name(table: str) -> str:
    """Return what people call a table of the file."""
    return known(f"kept.{table}") or table


def changes(entry: "Entry") -> list[TrailFact]:
    """Return what an act says of itself, fact by fact; names of people are hinted at."""
    old, new = dict(_flat(json.loads(entry.before))), dict(_flat(json.loads(entry.after)))
    nobody = entry.action.partition(".")[0] in _ABOUT_NOBODY
    return [
        TrailFact(
            label(path),
            spoken(path, old.get(path), nobody=nobody),
            spoken(path, new.get(path), nobody=nobody),
        )
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    ]


_Path = tuple[str, ...]


def _flat(facts: Mapping[str, Any], path: _Path = ()) -> Iterator[tuple[_Path, Any]]:
    """Yield single facts with the names that lead to them; what is empty is none."""
    for name, fact in facts.items():
        if isinstance(fact, dict):
            yield from _flat(fact, (*path, name))
        elif fact not in (None, "", []):
            yield (*path, name), fact


def label(path: _Path) -> str:
    """Return what a fact is called, the outermost name first."""
    return " · ".join(map(fact_name, path))


def fact_name(part: str) -> str:
    """Return what a fact of the trail, or a column of the file, is called."""
    if part in set(PaperName):
        return paper_name(part)
    if part in set(Payer):
        return payer_name(part)
    if part in _LABELLED:
        return text(f"fact.{part}")
    words = (known(f"{family}.{part}") for family in ("col", "refusal_rule", "claim_risk"))
    return next(filter(None, words), None) or hidden(part)


def spoken(path: _Path, fact: Any, *, nobody: bool) -> str | None:  # noqa: ANN401 - what JSON holds
    """Return a fact as people read it: by the innermost name that says what it is."""
    if fact is None:
        return None
    if isinstance(fact, list):
        return ", ".join(filter(None, (spoken(path, one, nobody=nobody) for one in fact)))
    if isinstance(fact, dict):  # one of a list: an act of many parts
        inside = ((inner, spoken((*path, *inner), one, nobody=nobody)) for inner, one in _flat(fact))
        return "; ".join(f"{label(inner)} {said}" for inner, said in inside)
    if isinstance(fact, str) and not nobody and any(name in privacy.PERSONAL for name in path):
        return privacy.hinted(fact)
    if isinstance(fact, int) and not isinstance(fact, bool):
        return _number(path, fact)
    return _word(path, fact) or _plain(fact)


def _number(path: _Path, fact: int) -> str:
    if any(name in _FLAGS for name in path):
        return text("truth.yes" if fact else "truth.no")
    if any(name in _RUPIAH or name in set(Payer) for name in path):
        return figures.rupiah(fact)
    return str(fact) if path[-1] in _COUNTED or path[-1].endswith("_id") else str(figures.count(fact))


def _word(path: _Path, fact: object) -> str | None:
    """Return the words for a code, or for several with blanks between them."""
    if path[-1] in {"payer", "payers"}:
        return known(f"benefactor.{fact}") or payer_name(str(fact))
    for name in reversed(path):
        for family in ("decision",) if _ITEM in name else _FAMILIES.get(name, ()):
            words = [known(f"{family}.{code}") for code in re.split(r"[ ,]+", str(fact))]
            if all(words):
                return ", ".join(filter(None, words))
    return None


def _plain(fact: object) -> str:
    if isinstance(fact, bool):
        return text("truth.yes" if fact else "truth.no")
    said = str(fact)
    if _HASH.fullmatch(said):
        return said
    if MONTHS.fullmatch(said):
        return figures.months(said)
    if _MOMENT.fullmatch(said):
        return figures.moment(said)
    return figures.day(said) if _DAY.fullmatch(said) else hidden(said)
