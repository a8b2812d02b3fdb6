"""Figures on their way to a collector, by OpenTelemetry (OTLP over HTTP)."""

import logging
import os
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager

from lumbung.errors import UsageError
from lumbung.metrics.metric import Figure

VARIABLE = "LUMBUNG_METRICS_URL"
# Nobody waits longer for a collector: neither a run that is done, nor a task of Airflow that ends.
TIMEOUT_SECONDS = 2


def collector_url() -> str:
    """Where metrics go, "" for nowhere. Raises UsageError for what is no http address."""
    url = os.environ.get(VARIABLE, "").strip().rstrip("/")
    if url and urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise UsageError(f"{VARIABLE} is no http or https address.", where=url,
                         todo="Give the collector's, as http://collector:4318, or leave it empty.")
    return url


def send(figures: list[Figure], url: str, timeout_seconds: float = TIMEOUT_SECONDS) -> str:
    """Hand figures to the collector at `url`. Gives "" where it took them, else what went wrong. Never raises."""
    try:
        return _send(figures, url, timeout_seconds)
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"


def _send(figures: list[Figure], url: str, timeout_seconds: float) -> str:
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader, MetricExportResult
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource

    # Asked once, by hand: a reader with a period of its own is a thread that every fork takes along.
    reader = InMemoryMetricReader()
    provider = MeterProvider([reader], Resource.create({SERVICE_NAME: "lumbung"}), shutdown_on_exit=False)
    meter, gauges = provider.get_meter("lumbung"), {}
    for figure in figures:
        about = figure.metric
        gauge = gauges.get(about.name) or gauges.setdefault(
            about.name, meter.create_gauge(about.name, about.unit, about.meaning))
        gauge.set(figure.value, figure.labels)
    measured = reader.get_metrics_data()
    exporter = OTLPMetricExporter(endpoint=f"{url}/v1/metrics", timeout=timeout_seconds)
    try:
        with _listening(OTLPMetricExporter.__module__) as heard:
            taken = measured is None or exporter.export(measured) is MetricExportResult.SUCCESS
    finally:
        exporter.shutdown()
        provider.shutdown()
    return "" if taken else f"The collector did not take the figures. {' '.join(heard[:1])}".strip()


@contextmanager
def _listening(logger_name: str) -> Iterator[list[str]]:
    """What a logger says meanwhile in this thread, in place of its saying so: the exporter gives its reasons nowhere
    else."""
    heard: list[str] = []

    def keep(record: logging.LogRecord) -> bool:
        if record.thread != threading.get_ident():
            return True
        heard.append(record.getMessage())
        return False

    logger = logging.getLogger(logger_name)
    logger.addFilter(keep)
    try:
        yield heard
    finally:
        logger.removeFilter(keep)
