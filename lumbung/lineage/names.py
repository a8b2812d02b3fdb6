"""The names of datasets, which join a file to the load it became and on to the page of a release.

    landing/<feed>/<sha256>  →  load/<load_id>  →  raw.<feed>  →  staging.stg_…  →  …  →  marts.mart_…
    →  release/<id>, release/<id>/tables/<table>  →  release/<id>/report/<page>, release/<id>/public/<file>
"""

import os

DEFAULT_NAMESPACE = "lumbung"


def namespace() -> str:
    """The one namespace of jobs and datasets: OPENLINEAGE_NAMESPACE, else `lumbung`."""
    return os.environ.get("OPENLINEAGE_NAMESPACE") or DEFAULT_NAMESPACE


def landing(feed: str, sha256: str) -> str:
    return f"landing/{feed}/{sha256}"


def load(load_id: str) -> str:
    return f"load/{load_id}"


def table(schema: str, name: str) -> str:
    """A table of the build database; of the schema `raw` it stands for the typed rows in Parquet as well."""
    return f"{schema}.{name}"


def release(release_id: str) -> str:
    return f"release/{release_id}"


def of_release(release_id: str, path: str) -> str:
    """A table (`tables/<table>`), a page (`report/<page>`) or a public file (`public/<file>`) of a release."""
    return f"{release(release_id)}/{path}"
