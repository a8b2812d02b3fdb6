"""docker-compose.yml as an office runs it: a copy of the project with an .env of its own, its volumes, its inbox."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from lumbung.lake.home import PROJECT

SECRET = ("_KEY", "_PASSWORD", "_SECRET")
# What the shell or the Makefile says must not get into a deployment: its .env alone counts.
NOT_OURS = ("COMPOSE_", "LUMBUNG_")


@dataclass(frozen=True)
class Deployment:
    """One project of compose. `folder` is where its docker-compose.yml and its .env lie."""

    folder: Path
    project: str

    @classmethod
    def new(cls, folder: Path, project: str, **settings: str) -> "Deployment":
        """Copy the project into `folder`, make its .env as an office does, and put `settings` into it."""
        _copy_project(folder)
        deployment = cls(folder, project)
        subprocess.run(["sh", "deploy/make-env.sh"], cwd=folder, check=True, capture_output=True)
        port = _free_port()
        deployment.set(LUMBUNG_VERSION=project, LUMBUNG_PORT=str(port), LUMBUNG_URL=f"http://127.0.0.1:{port}",
                       **settings)
        deployment.inbox.mkdir(exist_ok=True)
        deployment.own(deployment.inbox)
        return deployment

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def env(self) -> dict[str, str]:
        lines = (self.folder / ".env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))

    @property
    def secrets(self) -> dict[str, str]:
        return {name: value for name, value in self.env.items() if name.endswith(SECRET) and value}

    def set(self, **settings: str) -> None:
        """Change lines of the .env, or add them."""
        path = self.folder / ".env"
        kept = [line for line in path.read_text().splitlines() if line.split("=", 1)[0] not in settings]
        path.write_text("\n".join([*kept, *(f"{name}={value}" for name, value in settings.items())]) + "\n")

    def own(self, path: Path) -> None:
        """Give a path to the containers' user, where we may: a test run by root drops what another user takes."""
        if os.getuid() == 0:
            uid = int(self.env["LUMBUNG_UID"])
            os.chown(path, uid, uid)

    def docker(self, *words: str, fails: bool = False, **more) -> str:
        """What a command of docker prints; fails the test when it ends otherwise than `fails` says."""
        done = self.start("docker", *words, **more)
        said = done.stdout + done.stderr
        assert (done.returncode != 0) == fails, f"docker {' '.join(words)}: {said[-4000:]}"
        return said if fails else done.stdout

    def compose(self, *words: str, fails: bool = False, **more) -> str:
        """As `docker`, of `docker compose` in this project."""
        return self.docker("compose", "--project-name", self.project, *words, fails=fails, **more)

    def start(self, *command: str, **more) -> subprocess.CompletedProcess:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(NOT_OURS)}
        heard = {} if "input" in more else {"stdin": subprocess.DEVNULL}
        return subprocess.run(command, cwd=self.folder, env=environment, text=True, capture_output=True, check=False,
                              **heard, **more)

    def up(self, *more: str) -> None:
        """Start, and wait until every service is healthy."""
        try:
            self.compose("up", "--detach", "--wait", "--wait-timeout", "300", *more)
        except AssertionError as problem:
            pytest.fail(f"{problem}\n{self.last_lines()}")

    def down(self) -> None:
        self.compose("down", "--remove-orphans")

    def exec(self, service: str, *words: str, fails: bool = False, **more) -> str:
        return self.compose("exec", "-T", service, *words, fails=fails, **more)

    def lumbung(self, *words: str, service: str = "scheduler", fails: bool = False) -> str:
        return self.exec(service, "lumbung", *words, fails=fails)

    def data(self, *words: str, service: str = "scheduler"):
        return json.loads(self.lumbung(*words, "--json", service=service))

    def services(self) -> dict[str, dict]:
        """What the engine knows of each container, also of those that have ended, by the name of its service."""
        ids = self.compose("ps", "--all", "--quiet").split()
        told = json.loads(self.docker("inspect", *ids)) if ids else []
        return {one["Config"]["Labels"]["com.docker.compose.service"]: one for one in told}

    def crash(self, service: str) -> None:
        """SIGKILL for what a container is there for, from inside: nobody asked the engine, so it starts it again."""
        def restarts() -> int:
            return self.services()[service]["RestartCount"]

        before = restarts()
        self.start("docker", "compose", "--project-name", self.project, "exec", "-T", service,
                   "sh", "-c", "kill -KILL $(cat /proc/1/task/1/children)")
        self.wait_until(f"the {service} was started again", lambda: restarts() == before + 1, seconds=60)

    def manifest(self) -> dict:
        """Of the current release; empty while there is none."""
        done = self.start("docker", "compose", "--project-name", self.project, "exec", "-T", "triggerer",
                          "cat", "/var/lib/lumbung/releases/current/manifest.json")
        return json.loads(done.stdout) if done.returncode == 0 else {}

    def last_lines(self) -> str:
        return self.compose("logs", "--no-color", "--tail", "15")

    def wait_until(self, said: str, true: Callable[[], bool], seconds: float = 240, every: float = 1) -> None:
        """Ask until it is so; fails with the last log lines of each service when it is not in time.

        Who does not answer while he is asked, since he is being started, is asked again.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with suppress(OSError):
                if true():
                    return
            time.sleep(every)
        pytest.fail(f"not within {seconds:.0f} s: {said}\n{self.last_lines()}")

    def remove(self) -> None:
        """Take away containers, volumes, images and files."""
        self.start("docker", "compose", "--project-name", self.project, "--profile", "*", "down", "--volumes",
                   "--remove-orphans", "--timeout", "5")
        # By name: the same image may have a name that somebody else gave it.
        images = self.docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}",
                             "--filter", f"reference=lumbung:{self.project}*").split()
        if images:
            self.start("docker", "image", "rm", *images)
        shutil.rmtree(self.folder)


def _copy_project(folder: Path) -> None:
    """Copy what is in git or would be; the office's own files of a checkout stay there."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=PROJECT,
                            check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        source = PROJECT / name
        if source.is_file() and name != ".env" and not name.startswith("inbox/"):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
