"""`jcli cover overlaps --from-province`: what the province gave back, with our people in it."""

from dataclasses import replace
from pathlib import Path

from jamsostek_cli.cli.frame.report_answer import Output, answered
from jamsostek_cli.cli.frame.screen import Answer
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text


def answer_of(
    current: Session, file: Path | None, key_file: Path | None, output: Output, *, alone: bool
) -> Answer:
    """Return the months that other cities paid as well; E002 without file, key, or `alone` with them."""
    from jamsostek_cli.operations import drop_key
    from jamsostek_cli.operations.cover import from_province

    if file is None or key_file is None or not alone:
        raise JcliError("E002", problem=text("usage.from_province"))
    key = drop_key.read(key_file)
    report = from_province.overlaps(current.database(), file, key, as_of=current.today)
    answer = answered(report, output, review=bool(report.tables[0].rows))
    return replace(answer, part="from-province")
