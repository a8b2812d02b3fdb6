"""A collector of metrics as far as a test needs one: takes OTLP over HTTP on this machine and keeps what came."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest


@dataclass(frozen=True)
class Point:
    """One figure of one metric. `value` of a histogram is what was measured in all, `count` how often."""

    service: str
    name: str
    unit: str
    labels: dict[str, str]
    value: float
    count: int = 0


@dataclass
class Collector:
    """What came so far; `url` is what LUMBUNG_METRICS_URL takes."""

    url: str = ""
    points: list[Point] = field(default_factory=list)

    def of(self, name: str, **labels: str) -> list[Point]:
        """The points of a metric with these labels among theirs, in the order they came."""
        return [one for one in list(self.points) if one.name == name and labels.items() <= one.labels.items()]


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector that listens while the block lasts."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.path == "/v1/metrics"
            collector.points += _points(ExportMetricsServiceRequest.FromString(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collector.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield collector
    finally:
        server.shutdown()
        server.server_close()


def _points(request: ExportMetricsServiceRequest) -> Iterator[Point]:
    for resource in request.resource_metrics:
        service = _labels(resource.resource.attributes).get("service.name", "")
        for metric in (metric for scope in resource.scope_metrics for metric in scope.metrics):
            kind = metric.WhichOneof("data")
            for point in getattr(metric, kind).data_points:
                labels = _labels(point.attributes)
                if kind in ("gauge", "sum"):
                    value, count = point.as_int if point.HasField("as_int") else point.as_double, 0
                else:
                    value, count = point.sum, point.count
                yield Point(service, metric.name, metric.unit, labels, value, count)


def _labels(attributes) -> dict[str, str]:
    return {one.key: str(getattr(one.value, one.value.WhichOneof("value"))) for one in attributes}
