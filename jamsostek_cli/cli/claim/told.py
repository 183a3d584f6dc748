"""What a claim rests on, as it is shown."""

from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.messages import figures, text
from jamsostek_cli.rules.claim import accident
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.detail import ClaimDetail
    from jamsostek_cli.store.claim.claim_circumstances import Circumstances, ClaimChild

_SINGLE: Final = (
    *("died_on", "total_disability", "months_unable", "home_care_months", "traffic", "lost_at_sea"),
    *("school_year", "follows"),
)


def record(said: "Circumstances") -> dict[str, object]:
    """Return what a claim rests on for JSON, shares as decimals in text."""
    return {
        **{name: getattr(said, name) for name in _SINGLE},
        "losses": [{"part": part, "share": str(share)} for part, share in said.losses.items()],
        "expenses": [{"name": name.value, "amount": amount} for name, amount in said.expenses.items()],
        "children": children(said).records(),
    }


def table(said: "Circumstances") -> Table:
    """Return what a claim rests on, but for its children, one line a fact."""
    rows = [
        (Coded(name, text(f"circumstance.{name}")), _shown(getattr(said, name)))
        for name in _SINGLE
        if getattr(said, name)
    ]
    rows += [
        (Coded(part, text(f"part.{part}")), Coded(str(share), figures.share(float(share))))
        for part, share in said.losses.items()
    ]
    rows += [
        (Coded(name.value, word(name)), Coded(str(amount), figures.rupiah(amount)))
        for name, amount in said.expenses.items()
    ]
    columns = (Column("circumstance", of=lambda row: row[0]), Column("value", of=lambda row: row[1]))
    return Table.of("claim_circumstances", rows, columns)


def _shown(value: object) -> Coded:
    if isinstance(value, bool):
        return Coded("true", text("truth.yes"))
    said = str(value)
    return Coded(said, figures.day(said) if hasattr(value, "isoformat") else said)


def children(said: "Circumstances") -> Table:
    """Return the children in a claim."""
    columns = (
        Column("child", Kind.COUNT),
        Column("name", of=lambda one: hidden(one.name)),
        Column("birth_date", Kind.DATE, of=lambda one: one.born),
        Column("level", of=_level),
        Column("working"),
        Column("work"),
        Column("work_months", Kind.COUNT),
        Column("married"),
        Column("registered", heading="col.child_registered"),
        Column("years_used", Kind.COUNT),
    )
    return Table.of("claim_children", said.children, columns)


def _level(one: "ClaimChild") -> Coded:
    return Coded("none", text("level.none")) if one.level is None else Coded(one.level, word(one.level))


def remarks(detail: "ClaimDetail") -> list[str]:
    """Say what stands beside the benefit: the scholarship of the year, and what has to be asked."""
    said, lines = detail.circumstances, []
    if detail.assessment is not None and detail.claim.kind is not ClaimKind.SCHOLARSHIP:
        year = detail.assessment.scholarship
        if year.question:
            full, reduced, between = map(figures.rupiah, (year.most, year.least, year.most - year.least))
            facts = {"full": full, "reduced": reduced, "between": between}
            question = text(f"question.{year.question}")
            lines.append(text("say.scholarship_open", **facts, question=question))
        elif year.most:
            amount = figures.rupiah(year.most)
            lines.append(text("say.scholarship_beside", claim=detail.claim.number, amount=amount))
    if said.lost_at_sea and detail.claim.amount is not None:
        funeral = accident.funeral_part((line.component, line.amount) for line in detail.lines)
        worth = detail.claim.amount
        sums = {"funeral": funeral, "full": worth, "reduced": worth - funeral}
        lines.append(text("say.lost_at_sea", **{name: figures.rupiah(sum_) for name, sum_ in sums.items()}))
    return lines
