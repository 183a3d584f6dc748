"""Which acts of the trail are meant by what somebody types behind `audit log`."""

import datetime
from collections.abc import Sequence

from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.domain.alike import alike
from jamsostek_cli.domain.nik import Nik
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import LANGUAGES, catalogue, language
from jamsostek_cli.store.file.trail.entries import TrailQuery
from jamsostek_cli.tables.typed import plain

_NEAR = 3


def asked(
    current: Session,
    since: datetime.date | None,
    until: datetime.date | None,
    actor: str | None,
    actions: Sequence[str],
) -> TrailQuery:
    """Return which acts are meant; days are those of the office's own clock, both included.

    E571 for an act that nobody knows.
    """
    return TrailQuery(
        since=None if since is None else _moment(current, since),
        before=None if until is None else _moment(current, until + datetime.timedelta(days=1)),
        actor=actor,
        actions=sorted({code for said in actions for code in _codes(said)}),
    )


def subject(current: Session, said: str | None) -> str | None:
    """Return whom or what is meant as the trail calls it: a NIK stands for its person, a month in digits."""
    if said is None:
        return None
    from jamsostek_cli.cli.frame import days

    month = days.month(said)
    if month is not None and any(sign.isdigit() for sign in said):
        return str(month)
    try:
        nik = Nik.parse(said)
    except ValueError:
        return said.upper() if said[:2].upper() in {"P-", "K-", "B-"} else said
    from jamsostek_cli.operations import worker

    return worker.show(current.database(), nik.digits, current.today).worker.number


def _moment(current: Session, day: datetime.date) -> str:
    """Return when a day begins by the office's clock, as the trail keeps moments."""
    begins = datetime.datetime.combine(day, datetime.time(), current.now.tzinfo)
    return begins.astimezone(datetime.UTC).isoformat(timespec="seconds")


def _codes(said: str) -> list[str]:
    """Return the acts that are called so, by code or in words of either language, or begin so."""
    names = _names()
    word = plain(said)
    exact = [code for code, called in names.items() if word in {plain(code), *map(plain, called)}]
    begun = [
        code
        for code, called in names.items()
        if word and any(plain(name).startswith(f"{word} ") for name in (code, *called))
    ]
    if not (exact or begun):
        own = [name for code, called in names.items() for name in (called[0], code)]
        near = " / ".join(alike(said, own, most=_NEAR))
        raise JcliError("E571", action=said, names=near)
    return exact or begun


def _names() -> dict[str, list[str]]:
    """Return every act by code with its words, those of the language in use first."""
    names: dict[str, list[str]] = {}
    for tongue in sorted(LANGUAGES, key=lambda each: each != language()):
        for key, said in catalogue(tongue).items():
            family, _, step = key.partition(".")
            if family in {"action", "history"}:
                whole = family == "action" or step == "bpjs.claims"
                names.setdefault(step if whole else f"claim.{step}", []).append(said)
    return names
