"""Whether a release can be built again here, before anything is copied."""

import duckdb

from lumbung import flow, privacy, publish
from lumbung.contracts import contracts
from lumbung.errors import LumbungError
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load
from lumbung.privacy import keys

NEEDED = ("event_log", "key", "identity", "disclosure")


def require_rebuildable(home: Home, release: publish.Release, *, by_present_code: bool = False) -> None:
    """Raises LumbungError for what makes the same bytes impossible: code, key, an erasure, contracts."""
    if lacking := [name for name in NEEDED if not release.manifest.get(name)]:
        raise LumbungError(f"Release {release.id} does not say what it was made of: {', '.join(lacking)}.",
                           where=str(release.path / "manifest.json"),
                           todo="It was made by a version of Lumbung that could not rebuild.")
    if not by_present_code:
        _require_code(release)
    for mark in privacy.marks(home):
        if mark["release_id"] == release.id and mark["event"] == "not_rebuildable":
            raise LumbungError(f"Release {release.id} can't be rebuilt: rows it was made of were erased "
                               f"({mark['ground']}, {mark['erased_at']}).", where=str(home.releases / "events"))
    _require_key(home, release)
    _require_contracts(release)


def _require_code(release: publish.Release) -> None:
    wanted, here = release.manifest["code_version"], flow.code_version()
    if wanted != here:
        commit, digest = wanted.split("+")[-1].split(".")
        same_commit = here.split("+")[-1].split(".")[0] == commit
        raise LumbungError(
            f"Release {release.id} was made by code {wanted}; this is {here}.", where=str(release.path),
            todo=f"Files of commit {commit} were edited, or the contracts that LUMBUNG_CONTRACTS names: bring those of "
                 f"the hash {digest} back." if same_commit or commit == "nogit" else
                 f"git checkout {commit}, install its requirements.lock, and give LUMBUNG_CONTRACTS as it was.")
    engine = f"duckdb {duckdb.__version__}"
    if release.manifest["written_with"] != engine:
        raise LumbungError(f"Release {release.id} was written with {release.manifest['written_with']}; this is "
                           f"{engine}.", where=str(release.path), todo="Install requirements.lock of its commit.")


def _require_key(home: Home, release: publish.Release) -> None:
    key = release.manifest["key"]
    if key["is_demo"] != keys.is_demo():
        raise LumbungError(
            "Its pseudonyms were made with the key of made-up data; there is another one here." if key["is_demo"] else
            f"Its pseudonyms were made with a key of one's own; there is none in {keys.KEY_VARIABLE}.",
            where="environment", todo=f"Leave {keys.KEY_VARIABLE} out." if key["is_demo"] else keys.HOW_TO_MAKE)
    if key["versions"] not in ([], [keys.version()]):
        raise LumbungError(
            f"Its pseudonyms were made by key version {', '.join(key['versions'])}; this is {keys.version()}.",
            where=keys.VERSION_VARIABLE, todo="Set key and version to those." if len(key["versions"]) == 1 else
            "Pseudonyms of several keys can't be made again at once: read the landed files again under one key first.")
    keys.require_same(home)


def _require_contracts(release: publish.Release) -> None:
    known = contracts()
    for load in release.manifest["loads"]:
        now = known[load["feed"]].version if load["feed"] in known else "none"
        if load["contract_version"] != now:
            raise LumbungError(
                f"Load {load['load_id']} was read under version {load['contract_version']} of its contract; this code "
                f"has {now}.", where=f"{load['feed']}, {load['file_name']}",
                todo="The release was made of loads of several versions; `lumbung loads retype` would have read them "
                     "all under one.")


def require_landed(home: Home, loads: list[Load]) -> None:
    """Raises LumbungError for the first load whose bytes are gone or changed."""
    now = ledger.loads(home)
    for load in loads:
        if problem := privacy.landing_problem(home, load.feed, load.sha256):
            if gone := now[load.load_id].removed.get("file"):
                problem = f"retention removed them on {gone.at[:10]} ({gone.decided_by}); no release needed them then."
            raise LumbungError(f"The bytes of load {load.load_id} are not there as received: {problem}",
                               where=f"{load.feed}, {load.file_name}", todo="Bring landing back from a backup.")
