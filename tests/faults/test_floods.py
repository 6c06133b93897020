"""Too big, too deep, too slow: refused early, while others are served as ever (R19)."""

import http.client
import json
import socket
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from gateways import clock
from tests.conftest import AES_KEY
from tests.faults.town import Citizen, Town, ask, town
from tests.phones import Phone

pytestmark = pytest.mark.faults


@pytest.fixture
def here(tmp_path: Path) -> "Town":  # type: ignore[misc]
    with town(f"sqlite:///{tmp_path}/liangnuo.db", "", tmp_path / "serve.log", workers=1) as started:
        yield started
    lines = (tmp_path / "serve.log").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 3
    assert all(json.loads(line)["level"] for line in lines), "logs are one JSON record a line, whatever came"


def memory(here: Town) -> int:
    """Resident bytes of the web process."""
    (worker,) = here.workers() or [here.process.pid]
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{worker}/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) * 1024


def test_ten_megabytes_are_refused_before_they_are_read(here: Town) -> None:
    ask(here.base, "GET", "/healthz")
    before = memory(here)
    for path in ("/wechat?timestamp=1", "/api/v1/sessions", f"/p/{here.bureau.codes[3]}/ratings"):
        status = declared(here, path, 10 * 1024 * 1024)
        assert status == 413, (path, status)
    assert memory(here) - before < 12 * 1024 * 1024


def declared(here: Town, path: str, size: int) -> int:
    where = urlsplit(here.base)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=5)
    connection.putrequest("POST", path)
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    try:
        connection.send(b"x" * 65536)
        for _ in range(size // 65536 - 1):
            connection.send(b"x" * 65536)
    except OSError:
        pass
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_two_hundred_thousand_nested_elements_are_refused(here: Town) -> None:
    phone = Phone(None, "deep", clock.now, AES_KEY)
    stamp = str(int(clock.now().timestamp()))
    query, body = phone.signed(b"<xml>" + b"<a>" * 200_000, stamp, "n")
    began = time.monotonic()
    assert ask(here.base, "POST", f"/wechat?{urlencode(query)}", body)[0] == 413
    query, body = phone.signed(b"<xml>" + b"<a>" * 9_000 + b"</a>" * 9_000 + b"</xml>", stamp, "m")
    status, words = ask(here.base, "POST", f"/wechat?{urlencode(query)}", body[:60_000])
    assert status in (400, 403)
    assert "未作任何处理" in words.decode()
    assert time.monotonic() - began < 2


def test_slow_clients_do_not_keep_others_waiting(here: Town) -> None:
    where = urlsplit(here.base)
    slow = []
    for _ in range(64):
        line = socket.create_connection((where.hostname, where.port), timeout=5)
        line.sendall(b"POST /wechat?timestamp=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nx")
        slow.append(line)
    citizen = Citizen(here, "patient")
    writing = threading.Thread(target=citizen.write, args=(20,))
    writing.start()
    writing.join(30)
    for line in slow:
        line.close()
    assert citizen.strange == []
    assert len(citizen.acknowledged) == 20
    assert max(citizen.spans) < 1.0


def test_a_photo_of_thirty_megabytes_gets_a_sentence_and_no_memory(here: Town) -> None:
    ask(here.base, "GET", "/healthz")
    before = memory(here)
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    form = head + bytes(30 * 1024 * 1024) + b"\r\n--b--\r\n"

    status, words = ask(here.base, "POST", "/api/v1/files", form, kind="multipart/form-data; boundary=b")

    assert (status, "20 MB" in words.decode()) == (413, True)
    assert memory(here) - before < 12 * 1024 * 1024
