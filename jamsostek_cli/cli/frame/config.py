"""Settings of this machine: options, then `JCLI_*`, then the config file, then the platform."""

import os
from pathlib import Path
from typing import Final

from jamsostek_cli import strict
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import LANGUAGES

KEYS: Final = ("actor", "db", "lang", "provisions")
"""What the config file may say."""


def config_path() -> Path:
    """Return the place of the config file (`JCLI_CONFIG`, else the platform's folder)."""
    named = os.environ.get("JCLI_CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("jcli") / "config.toml"


def config() -> dict[str, str]:
    """Return what the config file says; E111 for a broken file or an unknown key."""
    path = config_path()
    there = path.is_file() or path.is_symlink()  # a link that leads nowhere was meant to be read
    if not there and not os.environ.get("JCLI_CONFIG"):
        return {}
    with strict.refusing_with("E111", path=path, keys=", ".join(KEYS)):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise JcliError("E602", place=str(path), problem=str(error.strerror)) from None
        text = strict.decoded(content, str(path))
        settings: dict[str, str] = strict.table(
            strict.toml(text, str(path)), dict.fromkeys(KEYS, (str,)), str(path)
        )
    return settings


def provisions() -> Path | None:
    """Return the named file with the city's own legal values (`JCLI_PROVISIONS`, else the config file)."""
    named = os.environ.get("JCLI_PROVISIONS") or config().get("provisions")
    return Path(named).expanduser() if named else None


def default_database() -> Path:
    """Return where the database stands when nobody names a place."""
    from platformdirs import user_data_path

    return user_data_path("jcli") / "jcli.db"


def state_folder() -> Path:
    """Return where jcli keeps what is of use for a day and worth no backup."""
    from platformdirs import user_state_path

    return user_state_path("jcli")


def language(arguments: list[str]) -> str:
    """Return the language to speak: `--lang`, `JCLI_LANG`, the config file, the locale, else Indonesian.

    It is read before anything else because the help texts are fixed when the commands are declared.
    """
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return _known(argument.partition("=")[2])
        if argument == "--lang" and position + 1 < len(arguments):
            return _known(arguments[position + 1])
    return _known(os.environ.get("JCLI_LANG") or _configured() or _of_locale())


def _configured() -> str:
    try:
        return config().get("lang", "")
    except JcliError:
        return ""  # said properly as soon as a command needs the file


def _of_locale() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return value[:2].lower()
    return ""


def _known(language: str) -> str:
    return language if language in LANGUAGES else "id"
