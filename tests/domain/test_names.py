"""A seat is called as people call it: what body and title share is said once."""

import pytest

from domain.names import seat_name


@pytest.mark.parametrize(
    ("body", "title", "said"),
    [
        ("窗口党支部", "党支部书记", "窗口党支部书记"),
        ("局党委", "党委书记", "局党委书记"),
        ("领导小组办公室", "办公室主任", "领导小组办公室主任"),
        ("局党委", "委员", "局党委委员"),
        ("人秘科", "", "人秘科"),
    ],
)
def test_body_and_title_are_one_name(body: str, title: str, said: str) -> None:
    assert seat_name(body, title) == said
