"""评价 by API, signed in, beside E plain. `python -m bench.api [--quick]`"""

import json
import sys
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import parse_qs, urlsplit

from bench import messages
from bench.figures import Figure, Goal, median, table
from bench.load import Round, post, run
from bench.ours import Ours, ours
from bench.servers import free_port, granian, running

ROUNDS, SECONDS = 3, 3
BACKENDS = ("sqlite", "postgresql")
FIRST = 12_000
"""Ratings prepared for the first round; later a multiple of what the round before answered."""
_GOAL = Goal(0.30, 0.45, "0.5–0.6", more=True)
_PEOPLE = count(1)


class _Vouching(BaseHTTPRequestHandler):
    """jscode2session as far as a log-in needs it: every code is somebody."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        code = parse_qs(urlsplit(self.path).query)["js_code"][0]
        raw = json.dumps({"openid": f"o-{code}", "session_key": "c2Vzc2lvbi1rZXk="}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""


@contextmanager
def vouching() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Vouching)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def sign_in(served: Ours) -> str:
    """A new person's token; each from an address of its own, as phones are, so that no limit of one address is met."""
    n = next(_PEOPLE)
    address = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
    headers = {"Content-Type": "application/json", "X-Forwarded-For": address}
    asked = urllib.request.Request(f"{served.server.base}/api/v1/sessions", json.dumps({"code": f"p{n}"}).encode(), headers)
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return str(json.load(answer)["token"])


def ratings(served: Ours, n: int) -> list[bytes]:
    """`n` new ratings: each person rates each window once. People sign in eight at a time: one commit each is slow."""
    windows = range(1, len(served.stored.windows()) + 1)
    with ThreadPoolExecutor(8) as queue:
        tokens = list(queue.map(lambda _: sign_in(served), range(-(-n // len(windows)))))
    return [_rating(token, window, level=2 if (at + window) % 20 == 0 else 3 + window % 3) for at, token in enumerate(tokens) for window in windows]


def _rating(token: str, window: int, level: int) -> bytes:
    headers = f"Content-Type: application/json\r\nAuthorization: Bearer {token}\r\n"
    return post("/api/v1/ratings", json.dumps({"window_id": window, "level": level}).encode(), headers)


def figures(rounds: int = ROUNDS, backends: Sequence[str] = BACKENDS) -> Iterator[Figure]:
    """The row of the rating by API; the first round only warms."""
    with ExitStack() as stack:
        port = free_port()
        echo = stack.enter_context(running("E", granian("bench.yardsticks:echo", port), port, messages.YARDSTICK))
        base = stack.enter_context(vouching())
        served = [stack.enter_context(ours(backend, MINIPROGRAM__API_BASE=base, SERVE__TRUSTED_PROXIES="1")) for backend in backends]
        before = [one.stored.counts() for one in served]
        plain: list[Round] = []
        ran: dict[str, list[Round]] = {one.server.name: [] for one in served}
        for _ in range(rounds + 1):
            most = int(max(one.rate for one in plain) * SECONDS * 3) if plain else 60_000
            plain.append(run(echo, messages.ratings(most, served[0].stored.windows(), sealed=False), SECONDS))
            for one in served:
                mine = ran[one.server.name]
                mine.append(run(one.server, ratings(one, int(max(one.answered for one in mine) * 2) if mine else FIRST), SECONDS))
        for one, counts in zip(served, before, strict=True):
            mine = ran[one.server.name]
            told = one.stored.check(counts, sum(r.answered for r in mine), sum(r.sent for r in mine), by_message=False)
            print(f"{one.server.name}, API: {told}", file=sys.stderr)
            yield Figure(
                f"rating by API, {one.server.name}",
                "req/s ÷ E plain",
                median(r.rate for r in mine[1:]),
                median(r.rate for r in plain[1:]),
                "/s",
                _GOAL,
            )


if __name__ == "__main__":
    print(table(figures(1 if "--quick" in sys.argv else ROUNDS)))
