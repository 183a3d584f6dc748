"""What the tests of files share: a file read in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.files.content import opened
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.sheet import Row, SheetFrame

Sheets = dict[str, tuple[str, SheetFrame, list[Row]]]
Reader = Callable[..., Sheets]
Refuser = Callable[..., str]


@pytest.fixture(scope="session")
def sheets_of() -> Reader:
    """Read every sheet of a file: why it is barred, its layout, its rows."""

    def read(path: Path, opening: Opening = Opening()) -> Sheets:  # noqa: B008 - a frozen value
        with opened(path, opening) as content:
            return {sheet.name: (sheet.barred, sheet.layout, list(sheet.rows)) for sheet in content.sheets}

    return read


@pytest.fixture(scope="session")
def refusal(sheets_of: Reader) -> Refuser:
    """Return the code with which a file is refused."""

    def refuse(path: Path, opening: Opening = Opening()) -> str:  # noqa: B008 - a frozen value
        with pytest.raises(JcliError) as error:
            sheets_of(path, opening)
        assert error.value.facts["path"] == path.name
        return error.value.code

    return refuse
