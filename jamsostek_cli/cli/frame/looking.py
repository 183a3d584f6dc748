"""Screens that show of one person more than a list does: each notes who looked."""

from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.messages import text


def looked(current: Session, number: str) -> list[str]:
    """Note a look at a worker or a claim, by number; return what to say where it could not be noted."""
    from jamsostek_cli.operations import looking

    noted = looking.seen(current.database_as_it_is(), current.act(), number)
    return [] if noted else [text("say.look_not_noted")]
