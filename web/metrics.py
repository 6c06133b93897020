"""/metrics for Prometheus, to this machine and private networks only: requests by door, route and status, and the house's gauges.

With several worker processes set `PROMETHEUS_MULTIPROC_DIR` to an empty folder before the start: prometheus-client then keeps
the counters of all workers in files there, and whichever worker is asked adds them up. Without it each worker tells its own.
The gauges are read from the database when asked, so they are the same in every worker; the queue is this worker's own.
"""

import os
from collections.abc import Iterable

from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from werkzeug.exceptions import NotFound

from domain.permissions import Can
from services import gauges
from web import here
from web.deeds import needs
from web.visitors import from_inside

pages = Blueprint("web_metrics", __name__)

_OWN = CollectorRegistry()
_REQUESTS = Counter("liangnuo_requests", "Requests answered, by door, route and status", ["door", "route", "status"], registry=_OWN)
_COUNTERS: dict[tuple[str, str, int], Counter] = {}
_DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"


def count(door: str, route: str, status: int) -> None:
    """One more answered request. `route` is a pattern, never an address: addresses hold codes."""
    counter = _COUNTERS.get((door, route, status))
    if counter is None:
        counter = _COUNTERS[door, route, status] = _REQUESTS.labels(door, route, str(status))
    counter.inc()


@pages.after_app_request
def count_answer(response: Response) -> Response:
    rule = request.url_rule
    count("miniapp_api" if request.path.startswith("/api/") else "web", rule.rule if rule else "-", response.status_code)
    return response


class _House(Collector):
    """What the database and the writer say at this moment."""

    def collect(self) -> Iterable[Metric]:
        house = here.house()
        with house.database.reading() as db:
            read = gauges.read(db, house.now())
        letters = GaugeMetricFamily("liangnuo_letters", "Letters in the outbox, by state", labels=["state"])
        for state, n in read.letters.items():
            letters.add_metric([state], n)
        ratings = GaugeMetricFamily("liangnuo_ratings", "Ratings of all windows, by level and standing", labels=["level", "standing"])
        for (level, standing), n in read.ratings.items():
            ratings.add_metric([str(level), standing], n)
        consents = GaugeMetricFamily("liangnuo_message_consents", "Subscribe messages still allowed, by template", labels=["template"])
        for template_id, n in read.consents.items():
            consents.add_metric([template_id], n)
        closed = GaugeMetricFamily("liangnuo_ways_closed", "Calls whose quota WeChat says is used up", labels=["way"])
        for way in read.closed:
            closed.add_metric([way], 1)
        yield from (letters, ratings, consents, closed)
        yield GaugeMetricFamily("liangnuo_clock_on_duty", "Whether a clock is on duty", value=int(read.on_duty))
        yield GaugeMetricFamily("liangnuo_letters_late", "Letters without an end ten minutes after they were due", value=read.late)
        yield GaugeMetricFamily("liangnuo_writer_queue", "Deeds waiting for the common commit in this process", value=house.database.queue())


@pages.get("/metrics")
@needs(Can.BE_ANYONE)
def metrics() -> Response:
    """All meters as Prometheus reads them; from outside there is no such page."""
    if not from_inside():
        raise NotFound()
    counters = _OWN
    if _DIRECTORY in os.environ:
        counters = CollectorRegistry()
        MultiProcessCollector(counters)  # type: ignore[no-untyped-call]
    now = CollectorRegistry()
    now.register(_House())
    return Response(generate_latest(counters) + generate_latest(now), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})
