"""Marks and seals: one secret, several purposes; nobody gets back to a person without it."""

from datetime import date

import pytest

from domain.names import masked, public_name
from domain.pseudonyms import Pseudonyms, event_of
from domain.sealing import Sealer

OURS = Pseudonyms("k" * 40)


def test_two_purposes_never_share_a_mark() -> None:
    assert OURS.contact("service", "o1") != OURS.rater("o1") != OURS.contact("mini", "o1")


def test_another_secret_makes_other_marks() -> None:
    assert OURS.rater("o1") != Pseudonyms("j" * 40).rater("o1")


def test_an_event_is_the_person_the_place_and_the_day() -> None:
    rater, day = OURS.rater("o1"), date(2026, 11, 16)
    assert event_of(rater, "window:3", day) == event_of(rater, "window:3", day)
    others = {event_of(rater, "window:5", day), event_of(rater, "window:3", date(2026, 11, 17)), event_of(OURS.rater("o2"), "window:3", day)}
    assert event_of(rater, "window:3", day) not in others
    assert len(others) == 3


def test_what_is_sealed_opens_only_with_its_key() -> None:
    sealed = Sealer(OURS.sealing_key).seal("oABC 张")
    assert Sealer(OURS.sealing_key).open(sealed) == "oABC 张"
    assert b"oABC" not in sealed
    with pytest.raises(ValueError, match="another key"):
        Sealer(Pseudonyms("j" * 40).sealing_key).open(sealed)
    with pytest.raises(ValueError, match="damaged"):
        Sealer(OURS.sealing_key).open(sealed[:-1] + bytes([sealed[-1] ^ 1]))


@pytest.mark.parametrize(
    ("name", "form", "shown"),
    [
        ("欧阳望舒", "surname", "欧阳同志"),
        ("林知远", "surname", "林同志"),
        ("林知远", "full", "林知远"),
        ("林知远", "post", "值守人员"),
        ("欧阳", "surname", "欧同志"),
    ],
    ids=["compound", "single", "full", "post", "short"],
)
def test_a_name_is_shown_in_the_form_the_member_chose(name: str, form: str, shown: str) -> None:
    assert public_name(name, form) == shown
    assert masked("林知远") == "林*远"
