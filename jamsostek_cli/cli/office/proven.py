"""What an examination of the file found, as `db check` and `audit verify` say it."""

from typing import TYPE_CHECKING

from jamsostek_cli.cli.office import trail_rows, trail_words
from jamsostek_cli.domain import privacy
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.messages import figures, text
from jamsostek_cli.store.file.health import MOST_DIFFERENCES
from jamsostek_cli.tables.table import Coded, Column, Table

if TYPE_CHECKING:
    from jamsostek_cli.store.file.health import Health
    from jamsostek_cli.store.file.trail.proof import Contradiction


def lines(health: "Health") -> list[str]:
    """Return a sentence for each thing that is wrong, but the differences."""
    said = [text("say.problem", problem=problem) for problem in health.problems]
    if health.unfit:
        last = max(health.unfit)
        code = "say.older_copy" if health.is_older_copy else "say.other_trail"
        rows = figures.count(health.chain.rows)
        said.append(
            text(
                code,
                seq=last.seq,
                head=last.hash[:16],
                at=figures.moment(last.at),
                rows=rows,
                count=figures.count(len(health.unfit)),
            )
        )
    if health.differences:
        found = len(health.differences)
        code = "say.differences_many" if found == MOST_DIFFERENCES else "say.differences"
        said.append(text(code, count=figures.count(found)))
    if health.miscounted:
        said.append(text("say.miscounted", counts=", ".join(health.miscounted)))
    return said


def in_short(health: "Health") -> str:
    """Return what is wrong, in one sentence with the command that tells more; empty when nothing is known."""
    if not health.faults:
        return ""
    if health.is_older_copy:
        what = text("doubt.older_copy", seq=figures.count(max(health.unfit).seq))
    elif health.unfit or health.problems:
        what = text("doubt.other_trail")
    else:
        what = text("doubt.differences", count=figures.count(len(health.differences)))
    return text("say.doubted", what=what)


def tables(health: "Health") -> list[Table]:
    """Return the facts that the trail contradicts."""
    columns = (
        Column("table", of=lambda one: Coded(one.table, trail_words.table_name(one.table))),
        Column("key", of=lambda one: hidden(one.key)),
        Column("field", of=lambda one: one.field and Coded(one.field, trail_words.fact_name(one.field))),
        Column("happened", of=_happened),
        Column("expected", of=lambda one: _shown(one, one.expected)),
        Column("found", of=lambda one: _shown(one, one.found)),
    )
    return [Table.of("contradictions", health.differences, columns)] if health.differences else []


def as_json(health: "Health") -> dict[str, object]:
    """Return what was compared, and what differs."""
    return {
        "marks": health.marks,
        "differences": [record for table in tables(health) for record in table.records()],
        "purges": [one._asdict() for one in health.purges],
    }


def hints(health: "Health") -> list[str]:
    """Say what the marks on paper are for where none stand beside the file, and which purges there were."""
    said = [] if health.marks else [text("hint.no_marks")]
    for one in health.purges:
        facts = {"rows": figures.count(one.rows), "parts": figures.count(one.parts)}
        said.append(text("hint.purged", seq=one.seq, at=figures.moment(one.at), actor=one.actor, **facts))
    return said


def _shown(one: "Contradiction", fact: str | None) -> str | None:
    if fact is None:
        return None
    return privacy.hinted(fact) if privacy.is_personal(one.table, one.field) else hidden(fact)


def _happened(one: "Contradiction") -> Coded:
    came, went = one.expected is None, one.found is None
    return trail_rows.happening(came=one.field is None and came, went=one.field is None and went)
