"""What the tests of privacy share: a clock that is far ahead."""

import datetime

import pytest

from jamsostek_cli.cli.frame import session


@pytest.fixture
def far_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Move the clock: what a purge takes out early cannot be put back, so it goes by the clock alone."""
    there = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    monkeypatch.setattr(session, "current_moment", lambda _: there)
