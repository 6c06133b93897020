"""WeChat's place in the bench of the pushes: answers every call at once or after a while, −1 for one in a hundred. `… PORT MILLISECONDS`

One small event loop, so that it costs the same little for ours and for the yardstick. `GET /count` tells how often each receiver was told.
"""

import asyncio
import json
import sys
from collections import Counter

_BUSY = 100
_OK, _MINUS = b'{"errcode":0,"errmsg":"ok","msgid":1}', b'{"errcode":-1,"errmsg":"system error"}'
_TOKEN = b'{"access_token":"bench-token","expires_in":7200}'


class Target(asyncio.Protocol):
    """One connection."""

    told: Counter[str] = Counter()
    calls = 0
    wait = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.held = transport, b""

    def data_received(self, data: bytes) -> None:
        self.held += data
        while True:
            head, end, rest = self.held.partition(b"\r\n\r\n")
            if not end:
                return
            length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0)
            if len(rest) < length:
                return
            self.held = rest[length:]
            self.answer(head.split(b" ", 2)[1], rest[:length])

    def answer(self, path: bytes, body: bytes) -> None:
        if path.startswith(b"/count"):
            words = json.dumps([sum(self.told.values()), len(self.told), Target.calls]).encode()
            Target.told, Target.calls = Counter(), 0
        elif b"token" in path and b"message" not in path:
            words = _TOKEN
        else:
            Target.calls += 1
            words = _MINUS if Target.calls % _BUSY == 0 else _OK
            if words is _OK:
                self.told[body.partition(b'"touser": "')[2].partition(b'"')[0].decode()] += 1
        full = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(words), words)
        if self.wait:
            asyncio.get_running_loop().call_later(self.wait, self.transport.write, full)
        else:
            self.transport.write(full)


async def main(port: int, milliseconds: float) -> None:
    Target.wait = milliseconds / 1000
    server = await asyncio.get_running_loop().create_server(Target, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
