"""`jcli audit pack`: a year of the office for an auditor who checks it alone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamsostek_cli.cli.frame.options import (
    ForceOption,
    a_month,
    a_payer,
    a_year,
    an_amount,
    count_option,
)
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text

if TYPE_CHECKING:
    from jamsostek_cli.operations.audit_pack.findings import InvoiceFile


_LISTS: Final = frozenset({".xlsx", ".xls", ".ods", ".csv", ".xlsb", ".xlsm", ".html", ".htm"})
"""How the name of a list of people ends; anything else is a sum."""


def pack(
    ctx: typer.Context,
    year: Annotated[int, typer.Option("--year", metavar="YEAR", parser=a_year, help=text("opt.pack_year"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=text("opt.pack_file"))],
    seed: Annotated[int | None, count_option("--seed", "opt.pack_seed")] = None,
    sample: Annotated[int | None, count_option("--sample", "opt.pack_sample")] = None,
    invoice: Annotated[
        list[str] | None, typer.Option("--invoice", metavar="INVOICE", help=text("opt.pack_invoice"))
    ] = None,
    force: ForceOption = False,
) -> None:
    """Write the pack of a year."""
    from jamsostek_cli.operations.audit_pack import pack as operation

    current = session(ctx)
    made = operation.make(
        current.database(),
        current.act(),
        output,
        year=year,
        seed=year if seed is None else seed,
        count=operation.USUAL if sample is None else sample,
        invoices=[_told(one) for one in invoice or ()],
        force=force,
    )
    head = made.mark.hash[:16]
    show(
        current,
        Answer(
            data={
                "path": str(made.path),
                "year": made.year,
                "seq": made.mark.seq,
                "head": made.mark.hash,
                "sha256": made.sha256,
            },
            lines=[
                text(
                    "say.packed", path=made.path, year=made.year, seq=figures.count(made.mark.seq), head=head
                ),
                text("say.packed_sha256", sha256=made.sha256),
            ],
            hints=[text("hint.pack")],
        ),
    )


def _told(said: str) -> "InvoiceFile":
    """Read BPJS's own bill as it is typed: `2025-03=FILE`, `2025-03=Rp504.000`, `2025-03/csr=FILE`; E574."""
    from jamsostek_cli.operations.audit_pack.findings import InvoiceFile

    of, equals, what = said.partition("=")
    month, slash, payer = of.partition("/")
    if not (equals and what.strip()):
        raise JcliError("E574", invoice=said)
    path = Path(what.strip())
    if path.exists() or path.suffix.lower() in _LISTS:
        return InvoiceFile(month=a_month(month), payer=a_payer(payer) if slash else None, path=path)
    return InvoiceFile(month=a_month(month), payer=a_payer(payer) if slash else None, amount=an_amount(what))
