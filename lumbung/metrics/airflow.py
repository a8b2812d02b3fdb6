"""What a local Airflow needs to send its metrics where Lumbung's go."""

from lumbung.metrics.sending import TIMEOUT_SECONDS


def environment(url: str) -> dict[str, str]:
    """Settings of Airflow's processes by which their metrics go to `url`; none where it is empty.

    OpenTelemetry's own variables, since Airflow's [metrics] otel_host and the like are deprecated. What a task counts
    it sends as it ends, so it may wait for a collector that is away no longer than a moment; and being a process of
    seconds it can say only what it adds (delta), never what there is in all.
    """
    if not url:
        return {}
    return {
        "AIRFLOW__METRICS__OTEL_ON": "True",
        "AIRFLOW__METRICS__LEGACY_NAMES_ON": "False",
        "OTEL_SERVICE_NAME": "airflow",
        "OTEL_EXPORTER_OTLP_ENDPOINT": url,
        "OTEL_EXPORTER_OTLP_TIMEOUT": str(TIMEOUT_SECONDS),
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE": "delta",
        "OTEL_METRIC_EXPORT_INTERVAL": "30000",
    }
