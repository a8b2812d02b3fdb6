#!/bin/sh
# What every container starts with: settings of Airflow that follow from others.
set -eu

case ",${COMPOSE_PROFILES:-}," in
  *,celery,*) export AIRFLOW__CORE__EXECUTOR=CeleryExecutor ;;
  *) export AIRFLOW__CORE__EXECUTOR=LocalExecutor ;;
esac
case "$AIRFLOW__CORE__EXECUTOR $*" in
  "LocalExecutor airflow celery"*)
    echo "A worker has nothing to do while tasks run in the scheduler. Put COMPOSE_PROFILES=celery into .env." >&2
    exit 2 ;;
esac

if [ -n "${LUMBUNG_METRICS_URL:-}" ]; then
  export AIRFLOW__METRICS__OTEL_ON=True OTEL_EXPORTER_OTLP_ENDPOINT="$LUMBUNG_METRICS_URL"
fi

exec "$@"
