"""The by-law: no line, no deed; nobody judges himself; the printed matrix is what the code says."""

import pytest

from domain.actor import About, Actor, Role, Seat
from domain.errors import NotAllowed, OwnWindow
from domain.permission_matrix import matrix
from domain.permissions import BYLAW, Can, ask, may

SECRETARY = Actor(rater="r", person_id=1, branch_id=10, seats=(Seat(Role.BRANCH_SECRETARY, 10),))
CLERK = Actor(rater="r", person_id=2, branch_id=10, windows=frozenset({3}))


def test_every_deed_has_a_row() -> None:
    assert set(BYLAW) == set(Can)
    assert all(lines and all(lines) for lines in BYLAW.values())


@pytest.mark.parametrize(
    ("actor", "deed", "about", "granted"),
    [
        (SECRETARY, Can.REVIEW_PLEDGE, About(author_id=2, branch_id=10), True),
        (SECRETARY, Can.REVIEW_PLEDGE, About(author_id=1, branch_id=10), False),
        (SECRETARY, Can.REVIEW_PLEDGE, About(author_id=2, branch_id=20), False),
        (CLERK, Can.RATE_WINDOW, About(window_id=3), False),
        (CLERK, Can.RATE_WINDOW, About(window_id=5), True),
        (Actor(), Can.RATE_WINDOW, About(window_id=5), False),
        (Actor(), Can.BE_ANYONE, About(), True),
        (Actor(rater="r", person_id=9, seats=(Seat(Role.OPERATOR, 0),)), Can.READ_STEPS, About(), False),
        (Actor(rater="r", person_id=9, seats=(Seat(Role.AUDITOR, 0),)), Can.LOAD_CAMPAIGN, About(), False),
    ],
    ids=[
        "its secretary",
        "own pledge",
        "other branch",
        "own window",
        "other window",
        "no identity",
        "anyone",
        "operator reads no record",
        "auditor changes nothing",
    ],
)
def test_who_may_do_what(actor: Actor, deed: Can, about: About, granted: bool) -> None:
    assert may(actor, deed, about) is granted


def test_the_own_window_has_a_sentence_of_its_own() -> None:
    with pytest.raises(OwnWindow):
        ask(CLERK, Can.RATE_WINDOW, About(window_id=3))
    with pytest.raises(NotAllowed) as refusal:
        ask(CLERK, Can.REVIEW_PLEDGE, About(author_id=3, branch_id=10))
    assert "请联系" in refusal.value.text


def test_the_matrix_names_every_role_and_deed() -> None:
    roles, cells = matrix()
    assert len(roles) == 9
    assert set(cells) == {(deed, role) for deed in Can for role in roles}
    assert cells[Can.REVIEW_PLEDGE, Role.BRANCH_SECRETARY] == "支"
    assert cells[Can.RATE_WINDOW, Role.PUBLIC] == "—"
