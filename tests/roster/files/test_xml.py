"""XML in pieces, wherever the blocks of a file may cut it."""

import re

import pytest

from jamsostek_cli.roster.files import xml

SHEET = (
    "<?xml version='1.0'?><!-- <x:a> --><a><d><!-- <r> --><r>1 &lt; <![CDATA[<b> & ]]></r><?no <r>?>"
    "<r>2</r><r/></d><c><r>3</r></c></a>"
)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_pieces_are_the_same_wherever_a_block_ends(prefix: str) -> None:
    content = re.sub(r"<(/?)([adrc])\b", rf"<\1{prefix}\2", SHEET)
    whole = content.encode()

    for cut in range(len(whole)):
        told = "".join(xml.pieces([whole[:cut], whole[cut:]], "r", within="d"))
        assert told == "<a><d><r>1 &lt; &lt;b&gt; &amp; </r><r>2</r><r/>", cut


@pytest.mark.parametrize("end", ["<!-- x", "<", "<![CDATA[</d>", "<?x"])
def test_what_does_not_end_is_no_xml(end: str) -> None:
    with pytest.raises(ValueError, match="XML"):
        list(xml.pieces([f"<a><d><r>1</r>{end}".encode()], "r", within="d"))
