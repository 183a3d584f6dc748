"""The register of processing: dated, cited, in both languages, and strictly read."""

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.law.regulation import packaged
from jamsostek_cli.rules.privacy import processing


def test_every_purpose_names_a_retention_that_the_regulation_knows() -> None:
    purposes = processing.packaged()
    assert {one.retention for one in purposes} <= set(packaged().names())
    assert all(one.citation and one.said("basis", "id") != one.said("basis", "en") for one in purposes)


@pytest.mark.parametrize("content", ["purpose = 1", "[[purpose]]\nsince = 2022-10-17", "x = 1", "["])
def test_a_register_that_is_not_as_it_should_be_is_refused(content: str) -> None:
    with pytest.raises(JcliError) as refused:
        processing.read(content, "x.toml")
    assert refused.value.code == "E602"
