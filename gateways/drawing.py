"""Drawing apart: a large paper is set in a process of its own, so that its memory goes back and a fault takes nothing else down.

The child gets its content by stdin and answers by stdout: lines of progress, then the paper. It outlives nobody: when the one who
started it is gone, its next line has no reader.
"""

import pickle
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from domain.errors import FontsMissing
from domain.paper_refusals import PaperNotDrawn
from domain.print_jobs import Content, Plates
from gateways import notice_boards, pdf
from gateways.typesetting import Paper

Tell = Callable[[int], None]
_ROOT = Path(__file__).parent.parent
_MEMORY, _SECONDS = 3 << 30, 600
_EVERY = 25
"""Pieces between two lines of progress."""
_READY = b"paper\n"
_NO_FONTS = 3


def drawn(content: Content, tell: Tell) -> Paper:
    """Here and now. Raises `FontsMissing`."""
    if isinstance(content, Plates):
        return pdf.draw(content.layout, content.faces, content.at, tell=tell)
    return notice_boards.draw(content.document, content.board, content.hanging, content.at)


def drawn_apart(content: Content, tell: Tell) -> Paper:
    """In a process of its own; `tell` hears how many pieces are done. Raises `FontsMissing`, `PaperNotDrawn`."""
    command = [sys.executable, "-m", "gateways.drawing"]
    with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        try:
            paper = _heard(child, content, tell)
        except BaseException:
            child.kill()
            raise
    if child.returncode == _NO_FONTS:
        raise FontsMissing()
    if child.returncode or paper is None:
        raise PaperNotDrawn()
    return paper


def _heard(child: subprocess.Popen[bytes], content: Content, tell: Tell) -> Paper | None:
    """What the child answers; None when it broke off."""
    if child.stdin is None or child.stdout is None:
        raise TypeError("a child without pipes")
    try:
        pickle.dump(content, child.stdin)
        child.stdin.close()
        for line in child.stdout:
            if line == _READY:
                found: Paper = pickle.load(child.stdout)  # noqa: S301 -- written by this very file
                return found
            tell(int(line))
    except (BrokenPipeError, EOFError, pickle.UnpicklingError):
        pass
    return None


def main() -> None:
    """Within limits of memory and time: whatever goes beyond ends this process, and nothing else."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content: Content = pickle.load(sys.stdin.buffer)  # noqa: S301 -- written by this very file
    out = sys.stdout.buffer

    def tell(done: int) -> None:
        if done % _EVERY == 0:
            out.write(b"%d\n" % done)
            out.flush()

    try:
        paper = drawn(content, tell)
    except FontsMissing:
        raise SystemExit(_NO_FONTS) from None
    out.write(_READY)
    pickle.dump(paper, out, pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
