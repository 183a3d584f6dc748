"""How an import looks on a screen and in JSON: outcomes that add up, findings, and what to do next."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.cli.frame.plain_text import pasted
from jamsostek_cli.cli.frame.refusal import hint, sentence
from jamsostek_cli.cli.frame.screen import Answer
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.cli.roster import changes, covered_elsewhere, sheets
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.domain.worker import RowOutcome
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.operations.roster.incoming import RosterImported

_OUTCOMES = [outcome.value for outcome in RowOutcome if outcome is not RowOutcome.UNDONE]


def answer(
    current: Session,
    results: "Sequence[RosterImported]",
    failures: list[tuple[str, JcliError]],
    *,
    city: str | None,
    plans: list[Path],
    default_months: bool = False,
) -> Answer:
    """Return what one or several imports did; `default_months` where nobody named the months of a list."""
    totals: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    for result in results:
        totals.update(result.outcomes)
        findings.update(result.findings)
    review = any(result.needs_a_person or result.leaves_people_out for result in results) or bool(failures)
    lines = [text("say.created", path=current.place(), city=city)] if city else []
    lines += [text("say.dry_run")] if plans else []
    for result in results:
        lines.append(
            text("say.imported", file=result.file, batch=result.batch or "-", rows=figures.count(result.rows))
        )
        lines += sheets.lines(result)
        lines += covered_elsewhere.lines_of(result, default=default_months)
    doubtful = [result.batch for result in results if result.needs_a_person]
    ours = (result for result in results if result.listed is None)
    fresh = [result.batch for result in ours if result.outcomes.get(RowOutcome.NEW)]
    open_ = [result.batch for result in results if result.has_a_question]
    steps = (("next.doubtful", doubtful), ("next.review_batch", open_), ("next.enrol", fresh))
    hints = [
        text("next.label", step=text(key, batch=batch, payer=word(Payer.CITY)))
        for key, batches in steps
        for batch in batches[:1]
        if batch
    ]
    hints += _change_hints(results)
    hints += [] if plans else covered_elsewhere.hints_of(results)
    hints += [text("next.label", step=text("next.apply", plan=pasted(plan))) for plan in plans]
    return Answer(
        data={
            "dry_run": bool(plans),
            "plans": [str(plan) for plan in plans],
            "rows": sum(result.rows for result in results),
            "outcomes": {outcome: totals[outcome] for outcome in _OUTCOMES},
            "files": [_record(result) for result in results],
            "failed": [
                {"file": name, "code": error.code, "message": sentence(error), "hint": hidden(hint(error))}
                for name, error in failures
            ],
        },
        lines=lines,
        tables=[_outcome_table(results, totals), *_finding_table(findings), *_change_table(results)],
        hints=hints,
        findings=[{"code": code, "rows": rows} for code, rows in findings.most_common()],
        review=review,
    )


def _change_table(results: "Sequence[RosterImported]") -> list[Table]:
    """Return by field what was changed of workers who were known, if anything was."""
    changed = [change for result in results for change in result.changes]
    return [changes.counted(changed)] if changed else []


def _change_hints(results: "Sequence[RosterImported]") -> list[str]:
    """Return where old and new stand of everything that was changed: in the first batch, or in its plan."""
    first = next((result for result in results if result.changes), None)
    if first is None or first.batch is None:
        return []
    return [text("next.label", step=text("next.changes", batch=first.batch))]


def _record(result: "RosterImported") -> dict[str, object]:
    return {
        "file": result.file,
        "batch": result.batch,
        "rows": result.rows,
        "outcomes": {outcome: result.outcomes.get(outcome, 0) for outcome in _OUTCOMES},
        "findings": dict(result.findings),
        "elsewhere": covered_elsewhere.record_of(result),
        "changes": changes.listed(result.changes).records(),
        "sheets": list(map(sheets.record, result.sheets)),
    }


def outcomes(counts: Mapping[str, int], solved: Mapping[str, int] | None = None) -> Table:
    """Return what became of the rows of one roster, every outcome that is counted; they add up.

    `solved` are those that were put right by later imports, None of a roster that has just come in.
    """
    ordered = [outcome for outcome in RowOutcome if outcome in counts]
    since = () if solved is None else (Column("solved", Kind.COUNT, of=lambda one: solved.get(one, 0)),)
    return Table.of(
        "outcomes",
        ordered,
        (
            Column("outcome", of=lambda one: one),
            Column("rows", Kind.COUNT, of=lambda one: counts[one]),
            *since,
        ),
        summed=("rows", *(column.key for column in since)),
    )


def _outcome_table(results: "Sequence[RosterImported]", totals: Counter[str]) -> Table:
    if len(results) == 1:
        return outcomes({outcome: totals[outcome] for outcome in _OUTCOMES})
    return Table.of(
        "outcomes",
        results,
        (
            Column("batch"),
            Column("file"),
            Column("rows", Kind.COUNT),
            *(Column(outcome, Kind.COUNT, of=partial(_counted, outcome=outcome)) for outcome in _OUTCOMES),
        ),
        summed=("rows", *_OUTCOMES),
    )


def _counted(result: "RosterImported", *, outcome: str) -> int:
    return result.outcomes.get(outcome, 0)


def _finding_table(findings: Counter[str]) -> list[Table]:
    if not findings:
        return []
    from jamsostek_cli.roster.findings import FINDINGS

    return [
        Table.of(
            "findings",
            [(FINDINGS[code], rows) for code, rows in findings.most_common()],
            (
                Column("code", of=lambda counted: counted[0].code, coded=True),
                Column("severity", of=lambda counted: counted[0].severity),
                Column("meaning", of=lambda counted: counted[0].title()),
                Column("rows", Kind.COUNT, of=lambda counted: counted[1]),
            ),
        )
    ]
