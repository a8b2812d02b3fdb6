"""Airflow's REST API as one of its accounts has it."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field


class Answer(Exception):
    """What the API answered instead of data."""

    def __init__(self, status: int, body: str):
        super().__init__(f"{status} {body[:500]}")
        self.status = status


@dataclass
class Account:
    """Somebody who logs in. Calls raise Answer where the API answers otherwise than with data."""

    url: str
    name: str
    password: str = field(repr=False)
    token: str = field(default="", repr=False)

    def log_in(self) -> "Account":
        self.token = self._call("POST", "/auth/token", {"username": self.name, "password": self.password})[
            "access_token"]
        return self

    def get(self, path: str):
        return self._call("GET", path)

    def post(self, path: str, body: dict):
        return self._call("POST", path, body)

    def delete(self, path: str):
        return self._call("DELETE", path)

    def refused(self, method: str, path: str, body: dict | None = None) -> int:
        """The status with which a call is refused; 0 when it is not."""
        try:
            self._call(method, path, body)
        except Answer as answer:
            return answer.status
        return 0

    def tasks(self, dag: str = "~", **wanted: str) -> list[dict]:
        """The task instances of a DAG that have these values, the newest first, two hundred at most."""
        found = self.get(f"/api/v2/dags/{dag}/dagRuns/~/taskInstances?limit=200&order_by=-start_date")[
            "task_instances"]
        return [one for one in found if all(one[name] == value for name, value in wanted.items())]

    def active_runs(self) -> list[dict]:
        return self.get("/api/v2/dags/~/dagRuns?state=running&state=queued&limit=100")["dag_runs"]

    def _call(self, method: str, path: str, body: dict | None = None):
        headers = {"Content-Type": "application/json", "Accept": "*/*"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(self.url + path, data=json.dumps(body).encode() if body else None,
                                         headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                said = answer.read().decode()
        except urllib.error.HTTPError as problem:
            raise Answer(problem.code, problem.read().decode(errors="replace")) from problem
        try:
            return json.loads(said)
        except json.JSONDecodeError:
            return said
