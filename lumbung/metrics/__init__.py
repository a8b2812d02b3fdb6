"""Metrics: what a lake is like at a moment, in a handful of figures for a dashboard, sent by OpenTelemetry."""

from lumbung.metrics.metric import METRICS, Figure, Metric
from lumbung.metrics.reading import Lake
from lumbung.metrics.sending import collector_url, send
from lumbung.metrics.steps import step_took, timed_step
from lumbung.metrics.watching import send_now, watch

__all__ = ["METRICS", "Figure", "Lake", "Metric", "collector_url", "send", "send_now", "step_took", "timed_step",
           "watch"]
