"""Drawing apart: the same paper as here, progress on the way, and a sentence when the child breaks off."""

import pytest

from domain.paper_refusals import PaperNotDrawn
from domain.papers import Layout
from domain.print_jobs import Plates
from gateways import drawing
from tests.gateways.test_pdf import NOW, numbered

FACES = tuple(numbered(60))


def test_a_paper_drawn_apart_is_the_same_and_tells_how_far_it_is() -> None:
    heard: list[int] = []
    apart = drawing.drawn_apart(Plates(Layout.STAND, FACES, NOW), heard.append)
    assert apart == drawing.drawn(Plates(Layout.STAND, FACES, NOW), lambda _done: None)
    assert heard == [25, 50]


def test_a_child_that_breaks_off_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing.sys, "executable", "/bin/false")
    with pytest.raises(PaperNotDrawn):
        drawing.drawn_apart(Plates(Layout.STAND, FACES, NOW), lambda _done: None)


def test_whoever_stops_listening_ends_the_child() -> None:
    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        drawing.drawn_apart(Plates(Layout.STAND, FACES, NOW), stop)
