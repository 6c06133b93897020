"""In a template's twenty characters stands what is to be done; the name of the thing fills what room is left."""

import pytest

from domain.letter_briefs import _BRIEFS, brief
from domain.letter_texts import _SENTENCES
from domain.templates import fit

LONG = dict.fromkeys(("pledge", "task", "branch", "name"), "一个很长很长很长很长很长很长很长的名称") | {"n": 12}


def test_every_kind_of_letter_has_a_brief() -> None:
    assert set(_BRIEFS) == set(_SENTENCES)


@pytest.mark.parametrize("kind", sorted(_BRIEFS))
def test_the_deed_is_said_whole_whatever_the_thing_is_called(kind: str) -> None:
    deed = _BRIEFS[kind].partition("{pledge}")[0].partition("{task}")[0].partition("{branch}")[0].partition("{name}")[0]

    said = fit("thing1", brief(kind, LONG))

    assert said.startswith(deed.replace("{n}", "12"))
    assert len(said) <= 20


def test_a_returned_pledge_says_returned_in_the_notice() -> None:
    assert fit("thing1", brief("pledge_return", LONG)) == "承诺被退回，请修改后再提交"


def test_a_letter_of_no_known_kind_still_says_something() -> None:
    assert brief("something_else", {}) == "您有一条新的通知"
