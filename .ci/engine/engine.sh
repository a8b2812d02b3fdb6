#!/usr/bin/env bash
# A container engine for a machine that has none and reaches no registry of images. Debian 12, as root.
#
#   eval "$(engine.sh start DIR)"   start dockerd with all its state under DIR, make the base images, and point
#                                   `docker` and `docker compose` of this shell at it
#   engine.sh stop DIR              stop that dockerd and remove DIR
#
# The base images are made from Debian's packages, under the names that the project uses: python:3.11-slim-bookworm,
# debian:bookworm-slim, postgres:15, redis:7. So a run proves our Dockerfile, our wiring and our commands; of the
# official images it proves nothing. Its builder is the old one: no `RUN --mount`, no heredoc, no `# syntax=`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
verb=${1:-} dir=${2:-}

require() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "engine.sh makes an engine on Debian and as root only; elsewhere install Docker with its compose plugin" >&2
    exit 2
  fi
}

install_engine() {
  mkdir -p "$dir/cfg/cli-plugins"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    docker.io iptables debootstrap python3-venv >/dev/null
  python3 -m venv "$dir/venv"
  "$dir/venv/bin/pip" install -q --disable-pip-version-check --require-hashes -r "$here/requirements.lock"
  ln -sf "$dir/venv/bin/docker-compose" "$dir/cfg/cli-plugins/docker-compose"
}

start_engine() {
  export DOCKER_CONFIG=$dir/cfg DOCKER_HOST=unix://$dir/sock DOCKER_BUILDKIT=0
  setsid dockerd --data-root "$dir/root" --exec-root "$dir/exec" --pidfile "$dir/pid" -H "$DOCKER_HOST" \
    >"$dir/log" 2>&1 </dev/null &
  daemon=$!
  for _ in $(seq 60); do
    [ -d "/proc/$daemon" ] || break
    if docker version >/dev/null 2>&1; then return; fi
    sleep 0.5
  done
  echo "dockerd did not start; the end of its log:" >&2
  tail -20 "$dir/log" >&2
  return 1
}

make_base_images() {
  mirror=$(awk '/^URIs:/ {print $2; exit}' /etc/apt/sources.list.d/debian.sources)
  debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv,python3-pip bookworm "$dir/fs" "$mirror" \
    >"$dir/debootstrap.log"
  # pip in a build trusts what this machine trusts, also where a proxy stands in between.
  cp /etc/ssl/certs/ca-certificates.crt "$dir/fs/etc/ssl/certs/"
  printf '[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n' >"$dir/fs/etc/pip.conf"
  # The official image's Python is no system's Python: pip may install into it.
  rm -f "$dir/fs/usr/lib/python3.11/EXTERNALLY-MANAGED" "$dir"/fs/var/cache/apt/archives/*.deb
  ln -sf /usr/bin/python3 "$dir/fs/usr/local/bin/python"
  tar -C "$dir/fs" -c . \
    | docker import -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - python:3.11-slim-bookworm \
      >/dev/null
  rm -rf "$dir/fs"
  docker tag python:3.11-slim-bookworm debian:bookworm-slim
  docker build -q -t postgres:15 "$here/postgres" >/dev/null
  docker build -q -t redis:7 "$here/redis" >/dev/null
}

stop() {
  pid=$(cat "$dir/pid" 2>/dev/null || true)
  if [ -n "$pid" ]; then
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 80); do [ -d "/proc/$pid" ] || break; sleep 0.25; done
  fi
  mount | awk -v d="$dir/" 'index($3, d) == 1 {print $3}' | sort -r | xargs -r umount || true
  rm -rf "$dir"
}

if [ -z "$dir" ]; then verb=; fi
case $verb in
  start)
    require
    dir=$(mkdir -p "$dir" && cd "$dir" && pwd)
    { install_engine; start_engine; make_base_images; } >&2
    echo "export DOCKER_CONFIG=$dir/cfg DOCKER_HOST=unix://$dir/sock DOCKER_BUILDKIT=0" ;;
  stop) stop ;;
  *) echo "engine.sh start DIR, or engine.sh stop DIR" >&2; exit 2 ;;
esac
