"""`jcli iuran check`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamsostek_cli.cli.frame import days
from jamsostek_cli.cli.frame.full_nik import FullNikOption, output_of, warning
from jamsostek_cli.cli.frame.options import (
    ForceOption,
    MachineOption,
    OptionalReason,
    OutputOption,
    PayerOption,
    amount_option,
    count_option,
    month_option,
)
from jamsostek_cli.cli.frame.report_answer import answered
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.cli.iuran.grounds import ground
from jamsostek_cli.domain.iuran import BillState, Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.iuran.invoice import Checked
    from jamsostek_cli.operations.iuran.people import Person
    from jamsostek_cli.rules.iuran.invoice import Difference, WrongTotal

_SHOWN: Final = 40
"""How many differences the screen shows; files and JSON have all."""


def check(
    ctx: typer.Context,
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[MONTH] [FILE]", help=text("opt.invoice"))
    ] = None,
    *,
    month: Annotated[Month | None, month_option("--month", "opt.check_month")] = None,
    payer: PayerOption = None,
    amount: Annotated[
        int | None,
        amount_option("--amount", "opt.invoice_amount"),
    ] = None,
    heads: Annotated[int | None, count_option("--heads", "opt.invoice_heads")] = None,
    full_nik: FullNikOption = False,
    reason: OptionalReason = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Check BPJS's invoice against our bill."""
    from jamsostek_cli.operations.iuran import invoice

    current = session(ctx)
    chosen, path = _named(what or [], month)
    if sum(given is not None for given in (path, amount, heads)) != 1:
        raise JcliError("E002", problem=text("usage.check"))
    place = output_of(current, output, full_nik=full_nik, reason=reason, force=force, machine=machine)
    database = current.database()
    if path is None:
        checked = invoice.check_total(
            database, current.today, month=chosen, payer=payer, amount=amount, heads=heads
        )
    else:
        checked = invoice.check_list(database, current.today, path, month=chosen, payer=payer)
    tables = [table for table in (_shares(checked), _lines(checked, _SHOWN)) if table.rows]
    hidden = max(0, len(checked.lines) - _SHOWN)
    answer = answered(
        _report(current, checked, full_nik=full_nik),
        place,
        data=_data(checked, only_heads=heads is not None),
        lines=_sentences(checked, only_heads=heads is not None),
        shown=(),
        tables=tables,
        hints=[text("say.more_people", more=figures.count(hidden))] if hidden else [],
        steps=warning(place),
        review=bool(checked.lines or checked.shares or checked.wrong or checked.heads_alone),
    )
    show(current, answer)


def _named(what: Sequence[str], month: Month | None) -> tuple[Month | None, Path | None]:
    """Tell the month and the file among the arguments, whichever comes first."""
    months = [month] if month else []
    files = []
    for argument in what:
        named = None if Path(argument).is_file() else days.month(argument)
        if named is None:
            files.append(Path(argument))
        else:
            months.append(named)
    if len(months) > 1 or len(files) > 1:
        raise JcliError("E002", problem=text("usage.check"))
    return next(iter(months), None), next(iter(files), None)


def _direction(checked: "Checked") -> str:
    if checked.illegible or checked.wrong or checked.heads_alone:
        return "unknown"
    if not checked.difference:
        return "equal"
    return "over" if checked.difference > 0 else "short"


def _sentences(checked: "Checked", *, only_heads: bool) -> list[str]:
    """Say what BPJS asks for, what we owe, and what lies between."""
    ours = checked.ours
    facts = {
        "payer": word(Payer(ours.payer)),
        "month": figures.period(str(ours.month)),
        "state": word(BillState(ours.state)),
        "heads": figures.count(len(ours.charges)),
        "ours": figures.rupiah(ours.payable),
    }
    lines = [text("say.check_ours", **facts)]
    if ours.correction:
        less = {"amount": figures.rupiah(ours.amount), "correction": figures.rupiah(-ours.correction)}
        lines.append(text("say.bill_corrected", **less))
    lines.append(text("say.check_year", year=ours.month.year, amount=figures.rupiah(ours.year)))
    theirs = figures.rupiah(checked.theirs)
    if checked.heads is None:
        lines.append(text("say.check_sum", theirs=theirs))
    else:
        lines.append(text("say.check_heads", theirs=theirs, heads=figures.count(checked.heads)))
    if only_heads:
        lines.append(text("say.check_heads_only", least=figures.rupiah(ours.least)))
    if checked.heads_alone:
        lines.append(text("say.check_list_of_heads"))
    elif checked.assumed:
        least = figures.rupiah(ours.least)
        lines.append(text("say.check_assumed", rows=figures.count(checked.assumed), least=least))
    if checked.illegible:
        lines.append(text("say.check_illegible", rows=figures.count(checked.illegible)))
    lines += [_wrong_total(wrong) for wrong in checked.wrong]
    lines.append(_verdict(checked))
    return lines


def _wrong_total(wrong: "WrongTotal") -> str:
    place, rows = f"{wrong.sheet} {wrong.row}", figures.rupiah(wrong.rows)
    if wrong.stated is None:
        return text("say.check_total_illegible", place=place, rows=rows)
    return text("say.check_total_wrong", place=place, stated=figures.rupiah(wrong.stated), rows=rows)


def _verdict(checked: "Checked") -> str:
    amount = figures.rupiah(abs(checked.difference))
    match _direction(checked):
        case "over":
            return text("say.check_over", amount=amount)
        case "short":
            return text("say.check_short", amount=amount)
        case "unknown":
            key = "say.check_unknown" if checked.illegible else "say.check_open"
            return text(key, amount=figures.rupiah(checked.difference))
        case _:
            return text("say.check_offset" if checked.lines else "say.check_equal")


def _shares(checked: "Checked") -> Table:
    columns = (Column("category"), Column("heads", Kind.COUNT), Column("amount", Kind.RUPIAH))
    return Table.of("invoice_shares", checked.shares, columns, summed=("amount",))


def _lines(checked: "Checked", most: int) -> Table:
    """Return the first differences, as they fit on a screen."""
    place = Column("place", of=lambda line: None if line.row is None else f"{line.sheet} {line.row}")
    columns = (Column("category"), *_who(checked), place, Column("amount", Kind.RUPIAH))
    return Table.of("invoice_lines", checked.lines[:most], columns)


def _all_lines(checked: "Checked", *, full_nik: bool = False) -> Table:
    """Return every difference with all that is known of it: where in the file, and what it rests on."""
    columns = (
        Column("category"),
        *_who(checked, full_nik=full_nik),
        Column("sheet"),
        Column("row", Kind.COUNT),
        Column("amount", Kind.RUPIAH),
        Column("detail", of=lambda line: ground(line.category, line.detail)),
    )
    return Table.of("invoice_lines", checked.lines, columns)


def _who(checked: "Checked", *, full_nik: bool = False) -> tuple[Column, ...]:
    """Return the columns that name the person of a difference; a stranger is called as the invoice says."""

    def person(line: "Difference") -> "Person | None":
        return None if line.worker_id is None else checked.people[line.worker_id]

    def nik(line: "Difference") -> str | None:
        if full_nik:
            return line.nik if line.worker_id is None else checked.niks[line.worker_id]
        known = person(line)
        if known is not None:
            return known.nik
        return None if line.nik is None else masked(line.nik)

    return (
        Column("worker", of=lambda line: getattr(person(line), "worker", None)),
        Column("nik", of=nik),
        Column("name", of=lambda line: getattr(person(line), "name", line.name)),
    )


def _data(checked: "Checked", *, only_heads: bool) -> dict[str, object]:
    ours = checked.ours
    records = _all_lines(checked).records()
    return {
        "month": str(ours.month),
        "payer": ours.payer,
        "bill": ours.state,
        "heads": len(ours.charges),
        "amount": ours.amount,
        "correction": ours.correction,
        "ours": ours.payable,
        "year": ours.year,
        "theirs": checked.theirs,
        "their_heads": checked.heads,
        "difference": checked.difference,
        "direction": _direction(checked),
        "least_rate": ours.least,
        "rows_without_amount": checked.assumed,
        "rows_unreadable_amount": checked.illegible,
        "amounts_compared": not (checked.heads_alone or only_heads),
        "wrong_totals": [wrong._asdict() for wrong in checked.wrong],
        "categories": [share._asdict() for share in checked.shares],
        "lines": [
            {**record, "assumed": line.assumed} for record, line in zip(records, checked.lines, strict=True)
        ],
    }


def _report(current: Session, checked: "Checked", *, full_nik: bool) -> Report:
    ours = checked.ours
    return Report(
        name="invoice",
        period=str(ours.month),
        as_of=current.today,
        figures=(
            Figure("bill_ours", ours.payable, Kind.RUPIAH),
            Figure("bill_theirs", checked.theirs, Kind.RUPIAH),
            Figure("bill_difference", checked.difference, Kind.RUPIAH),
        ),
        tables=(_all_lines(checked, full_nik=full_nik), _shares(checked)),
        notes=(
            Note(key="invoice"),
            *(
                [Note(key="invoice_illegible", facts={"rows": checked.illegible})]
                if checked.illegible
                else []
            ),
            *([Note(key="invoice_heads_alone")] if checked.heads_alone else []),
            *(
                Note(
                    key="invoice_total",
                    facts={
                        "place": f"{wrong.sheet} {wrong.row}",
                        "stated": "?" if wrong.stated is None else figures.rupiah(wrong.stated),
                        "rows": figures.rupiah(wrong.rows),
                    },
                )
                for wrong in checked.wrong
            ),
        ),
    )
