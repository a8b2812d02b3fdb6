"""What became of the loads between two releases: which came, which went, and why."""

from dataclasses import dataclass

import duckdb

from lumbung.diff.releases import Release, table


@dataclass(frozen=True)
class Loads:
    """The loads of both releases. A file (feed, agency, bytes) read again under a newer contract is the same file."""

    before: dict[str, dict]
    after: dict[str, dict]
    status_before: dict[str, str]
    status_after: dict[str, str]
    replays: frozenset[str]

    def withdrawn(self, load_ids: set[str]) -> set[str]:
        """Those of A's that a person took out, or that are no longer there at all."""
        return {load for load in load_ids & self.before.keys() - self.after.keys()
                if self.status_after.get(load, "withdrawn") == "withdrawn"}

    def restored(self, load_ids: set[str]) -> set[str]:
        """Those of B's that were withdrawn when A was made."""
        return {load for load in load_ids & self.after.keys() - self.before.keys()
                if self.status_before.get(load) == "withdrawn"}

    def new(self, load_ids: set[str]) -> set[str]:
        """Those of B's whose file A did not have."""
        files = {_file(load) for load in self.before.values()}
        return {load for load in load_ids & self.after.keys() - self.before.keys()
                if _file(self.after[load]) not in files}

    def read_again(self, load_ids: set[str]) -> bool:
        """Whether one of A's was read again under a newer contract, whatever became of it then."""
        return any(load in self.before and load not in self.after for load in load_ids)

    def shortened(self, load_ids: set[str]) -> bool:
        """Whether rows of a load are gone that is still there: a person was erased."""
        return any(load in self.before and load in self.after
                   and self.before[load]["rows"] > self.after[load]["rows"] for load in load_ids)


def loads_of(connection: duckdb.DuckDBPyConnection, before: Release, after: Release, replays: frozenset[str]) -> Loads:
    """Read the loads of two releases; `replays` are the ids of loads that brought rows back from quarantine."""
    return Loads(_loads(before), _loads(after), _status(connection, before), _status(connection, after), replays)


def _loads(release: Release) -> dict[str, dict]:
    return {load["load_id"]: load for load in release.manifest["loads"]}


def _status(connection: duckdb.DuckDBPyConnection, release: Release) -> dict[str, str]:
    return dict(connection.execute(
        f"SELECT load_id, load_status FROM {table(release, 'mart_row_conservation')}").fetchall())


def _file(load: dict) -> tuple[str, str, str]:
    return load["feed"], load["agency"], load["sha256"]
