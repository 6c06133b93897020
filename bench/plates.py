"""1,000 desk plates in one PDF, by the operator's command, beside reportlab with best mask and 1-bit images. `python -m bench.plates [--quick]`"""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2

from bench.figures import Figure, Goal, median, table
from bench.servers import ROOT

ROUNDS, PLATES = 5, 1000
_SITE = "https://ln.qinghe.gov.cn"
_GOAL = Goal(1.5, 1.0, "0.4")
_NAMES = "云江柳白石叶花苏青秦周吴郑王冯陈"
_TABLES = {
    "bodies": "(id, kind, name) VALUES (1, 'branch', '窗口党支部')",
    "people": "(id, name, branch_id, category, public_form, version) VALUES (:n, :name, 1, '正式党员', 'surname', 1)",
    "service_windows": "(id, number, name, aliases, place, hours, phone, branch_id, is_model) VALUES (:n, :n, :window, '[]', '', '', '', 1, 0)",
    "posts": "(id, window_id, title, is_pioneer) VALUES (:n, :n, '登记受理岗', :pioneer)",
    "duties": "(id, post_id, person_id, from_day) VALUES (:n, :n, :n, '2026-01-01')",
    "pledges": "(id, code, campaign, author_id, window_id, theme, content, measures, standard, slogan, state, published_on, version)"
    " VALUES (:n, 'c' || :n, 'bench', :n, :n, '', '一次告知', '', '', '一次告知，少跑一趟', 'published', '2026-01-02', 1)",
}
"""A hall of a thousand windows: each with its post, its holder and a published pledge."""


def settings(folder: Path) -> dict[str, str]:
    given = {"SECRET_KEY": "bench-" * 8, "DATABASE__URL": f"sqlite:///{folder}/plates.db", "BASE_URL": _SITE, "BUREAU": "青禾县住房和城乡建设局"}
    return os.environ | {f"LIANGNUO_{name}": value for name, value in given.items()}


def run(command: Sequence[str], env: dict[str, str]) -> float:
    """Seconds from the command to its end. Stops the bench when it fails."""
    began = time.monotonic()
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-1000:]}{done.stderr[-3000:]}")
    return time.monotonic() - began


def found(folder: Path) -> None:
    """Write the hall down, as its tables have it."""
    run(["manage.py", "migrate"], settings(folder))
    rows = [{"n": n, "name": f"{_NAMES[n % 16]}{n}", "window": f"第{n}类业务窗口", "pioneer": n % 2} for n in range(1, PLATES + 1)]
    with sqlite3.connect(folder / "plates.db") as db:
        for name, words in _TABLES.items():
            db.executemany(f"INSERT INTO {name} {words}", rows if ":n" in words else [{}])


def checked(folder: Path) -> None:
    """The last file is in the log with its own digest and a thousand plates, each page drawn."""
    pdf = (folder / "ours.pdf").read_bytes()
    with sqlite3.connect(folder / "plates.db") as db:
        number, digest = db.execute("SELECT id, digest FROM prints ORDER BY id DESC LIMIT 1").fetchone()
        plates = db.execute("SELECT count(*) FROM printed_plates WHERE print_id = ?", [number]).fetchone()[0]
    pages = len(pypdfium2.PdfDocument(pdf))
    if digest != hashlib.sha256(pdf).hexdigest() or plates != PLATES or pages != PLATES:
        raise SystemExit(f"print {number}: {plates} plates, {pages} pages, digest {digest}")
    print(f"print {number}: {plates} plates, {len(pdf) / 1e6:.1f} MB, its digest in the log", file=sys.stderr)


def work_for_yardstick(folder: Path) -> None:
    """The same plates for reportlab: words and codes as the database has them."""
    with sqlite3.connect(folder / "plates.db") as db:
        rows = db.execute("SELECT p.code, w.number, w.name FROM plates p JOIN service_windows w ON w.id = p.post_id ORDER BY w.number").fetchall()
    plates = [{"link": f"{_SITE}/p/{code}", "number": f"{number}号窗口", "window": window} for code, number, window in rows]
    (folder / "plates.json").write_text(json.dumps(plates), encoding="utf-8")


def figures(rounds: int = ROUNDS) -> Iterator[Figure]:
    """Both commands in turns; the first round issues the plates and warms."""
    with tempfile.TemporaryDirectory(prefix="ln-bench-") as place:
        folder = Path(place)
        found(folder)
        ours = ["manage.py", "badge", "print", "--all", "--layout", "tent", "--out", f"{folder}/ours.pdf"]
        first = run(ours, settings(folder))
        work_for_yardstick(folder)
        theirs = ["-m", "bench.plates_reportlab", f"{folder}/plates.json", f"{folder}/theirs.pdf"]
        pairs = [(run(ours, settings(folder)), run(theirs, settings(folder))) for _ in range(rounds)]
        checked(folder)
    print(f"with {PLATES} plates issued for the first time: {first:.1f} s", file=sys.stderr)
    seconds, theirs_took = (median(pair[at] for pair in pairs) for at in (0, 1))
    yield Figure("1,000 desk plates, one PDF", "s ÷ reportlab, best mask, 1-bit", seconds, theirs_took, "s", _GOAL)


if __name__ == "__main__":
    print(table(figures(1 if "--quick" in sys.argv else ROUNDS)))
