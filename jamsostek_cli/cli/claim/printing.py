"""`jcli claim print`: letters and forms of a claim on paper."""

from pathlib import Path
from typing import Annotated

import typer

from jamsostek_cli.cli.claim.settling import ClaimArgument
from jamsostek_cli.cli.frame.options import ForceOption, listed, one_of
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.letters import LetterKind
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.wording import word


def print_(
    ctx: typer.Context,
    claim: ClaimArgument,
    letter: Annotated[
        LetterKind,
        typer.Argument(
            metavar="LETTER", parser=one_of(LetterKind), help=text("opt.letter", choices=listed(LetterKind))
        ),
    ],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=text("opt.letter_file"))],
    force: ForceOption = False,
) -> None:
    """Write a letter or form of a claim as a PDF or a Word document."""
    from jamsostek_cli.operations.claim import letters

    current = session(ctx)
    printed = letters.write(current.database(), current.act(), claim, letter, output, force=force)
    said = text(
        "say.letter_written" if printed.niks else "say.letter_with_names",
        letter=word(printed.kind),
        claim=printed.number,
        path=output,
        niks=figures.count(printed.niks),
    )
    lacking = [text("next.label", step=text(f"next.setting_{name}")) for name in printed.lacking]
    data = {
        "number": printed.number,
        "letter": printed.kind,
        "file": printed.file,
        "sha256": printed.sha256,
        "niks": printed.niks,
        "lacking": list(printed.lacking),
    }
    show(current, Answer(data=data, lines=[said], hints=lacking))
