"""`jcli pay --from` and `jcli verify --from`: claims settled that a list names."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.bpjs import claims as listed
from jamsostek_cli.cli.frame.options import password_of
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import Session, answered, is_asked
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text

if TYPE_CHECKING:
    from jamsostek_cli.operations.bpjs.claims.outcome import ClaimListDone, ClaimRow, ListTerms
    from jamsostek_cli.operations.claim.verification import Answers

PayFromOption = Annotated[Path | None, typer.Option("--from", metavar="FILE", help=text("opt.pay_from"))]
VerifyFromOption = Annotated[
    Path | None, typer.Option("--from", metavar="FILE", help=text("opt.verify_from"))
]


def refuse_alone(*, partial: bool, dry_run: bool, password_file: Path | None) -> None:
    """Raise E002 for an option of a list where no list is given."""
    if partial or dry_run or password_file is not None:
        raise JcliError("E002", problem=text("usage.only_from"))


def pay(
    current: Session,
    path: Path,
    *,
    terms: "ListTerms",
    partial: bool,
    dry_run: bool,
    password_file: Path | None,
) -> None:
    """Record the payments of a list, each of a claim that is verified.

    Somebody at the keyboard is asked why those are paid whom the law does not name.
    """
    from jamsostek_cli.operations.bpjs.claims import list as operation
    from jamsostek_cli.roster.files.opening import Opening

    opening = Opening(password=password_of(password_file))

    def read(*, only_try: bool) -> "ClaimListDone":
        db, act = current.database(), current.act()
        return operation.carry_out(db, act, path, terms, opening=opening, dry_run=only_try, partial=partial)

    if is_asked(current) and not (dry_run or partial):
        unnamed = [row.place for row in read(only_try=True).problems if _lacks_payee(row)]
        asked = text("ask.payee_reason", rows=", ".join(unnamed))
        terms = replace(terms, payee_reason=answered(asked)) if unnamed else terms
    show(current, listed.of_file(listed.asked_first(current, read, dry_run=dry_run), dry_run=dry_run))


def _lacks_payee(row: "ClaimRow") -> bool:
    return row.error is not None and row.error.code in {"E471", "E473"}


def verify(
    current: Session,
    path: Path,
    answers: "Answers",
    *,
    partial: bool,
    dry_run: bool,
    password_file: Path | None,
) -> None:
    """Verify the claims of a list."""
    from jamsostek_cli.operations.bpjs.claims import verify as operation
    from jamsostek_cli.roster.files.opening import Opening

    opening = Opening(password=password_of(password_file))

    def read(*, only_try: bool) -> "ClaimListDone":
        db, act = current.database(), current.act()
        return operation.carry_out(db, act, path, answers, opening=opening, dry_run=only_try, partial=partial)

    show(current, listed.of_file(listed.asked_first(current, read, dry_run=dry_run), dry_run=dry_run))
