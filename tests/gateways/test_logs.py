"""日志: one JSON record a line whatever is logged, and nothing in it that must not be there (R32, R33)."""

import json
import subprocess
import sys
from typing import Any

from tests.faults.town import ROOT

_SAYING = """
import logging, logging.config, structlog
from gateways import logs
logs.set_up()
log = structlog.get_logger()
log.info("two\\nlines \\u2028 and \\x1b[31m colour", said="评价 ]]>\\r\\n满意", thing=object())
log.warning("secrets", url="https://x/?access_token=T0PS3CRET&secret=hush&code=once", who="o" + "w" * 27, number="13800138000 13900139000")
try:
    raise ValueError("broken\\nin two for o" + "x" * 27)
except ValueError:
    log.exception("bug")
logging.getLogger("sqlalchemy").error("pool %s\\n%s", 1, "13800138000")
try:
    raise OSError("line one\\nline two")
except OSError:
    logging.getLogger("urllib3").exception("with its trace")
logging.config.dictConfig({"version": 1, "disable_existing_loggers": False} | logs.for_server("gunicorn.error"))
logging.getLogger("gunicorn.error").info("Listening at: %s", "http://127.0.0.1:8000")
"""


def said() -> list[dict[str, Any]]:
    done = subprocess.run([sys.executable, "-c", _SAYING], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == b""
    return [json.loads(line) for line in done.stderr.decode().split("\n") if line]


def test_every_record_is_one_line_of_json_with_its_level_and_time() -> None:
    records = said()
    assert [one["level"] for one in records] == ["info", "warning", "error", "error", "error", "info"]
    assert all(one["event"] and one["timestamp"].endswith("Z") for one in records)
    assert "ValueError" in records[2]["exception"]
    assert "line two" in records[4]["exception"]


def test_no_openid_number_or_secret_reaches_a_line() -> None:
    told = json.dumps(said(), ensure_ascii=False)
    assert [word for word in ("T0PS3CRET", "hush", "once", "o" + "w" * 27, "o" + "x" * 27, "13800138000", "13900139000") if word in told] == []
    assert "138****8000" in told
