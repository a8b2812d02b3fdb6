# Lumbung and its Airflow, one image for every service of docker-compose.yml.
FROM python:3.11-slim-bookworm AS build
WORKDIR /opt/lumbung
# The locks come first: an edit of the code does not install everything again.
COPY requirements.lock requirements-dev.lock ./
COPY deploy/install.sh deploy/
RUN deploy/install.sh .venv requirements.lock \
 && .venv/bin/uv pip uninstall -q --python .venv/bin/python uv pip setuptools \
 && rm .venv/uv.lock.txt
COPY . .
RUN echo /opt/lumbung > .venv/lib/python3.11/site-packages/lumbung.pth \
 && printf '#!/opt/lumbung/.venv/bin/python\nfrom lumbung.cli import main\n\nmain()\n' > .venv/bin/lumbung \
 && chmod 0755 .venv/bin/lumbung \
 && .venv/bin/python -m compileall -q lumbung dags

FROM python:3.11-slim-bookworm
ARG LUMBUNG_UID=1000
ARG LUMBUNG_COMMIT=nogit
ENV PATH=/opt/lumbung/.venv/bin:$PATH \
    PYTHONPATH=/opt/lumbung/lumbung/scheduling/airflow_config \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    LUMBUNG_HOME=/var/lib/lumbung \
    LUMBUNG_CONTRACTS=/etc/lumbung/contracts \
    LUMBUNG_COMMIT=$LUMBUNG_COMMIT \
    AIRFLOW_HOME=/var/lib/airflow
# A new volume takes its owner from the folder it is mounted over.
RUN useradd --uid "$LUMBUNG_UID" --no-create-home --home-dir /tmp --shell /usr/sbin/nologin lumbung \
 && install -d /etc/lumbung/contracts \
 && install -d -o lumbung -g lumbung -m 0750 /var/lib/lumbung /var/lib/lumbung/inbox /var/lib/airflow /var/lib/airflow/logs
COPY --from=build /opt/lumbung /opt/lumbung
USER $LUMBUNG_UID
WORKDIR /var/lib/lumbung
ENTRYPOINT ["/opt/lumbung/deploy/entry.sh"]
CMD ["lumbung", "--help"]
