"""What a release was made of, and what it holds."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from lumbung.lineage.events import within
from lumbung.lineage.facets import input_of, output_of, version
from lumbung.lineage.names import of_release, release, table
from lumbung.lineage.runs import Step


def published(step: Step, manifest: Mapping) -> Iterator:
    """Two jobs within a publication: the release with its tables, made of marts, and its pages and public files, made
    of the release."""
    yield from within(step, "publish.release", *_release(manifest))
    yield from within(step, "publish.files", [input_of(release(manifest["release_id"]))], _files(manifest))


def _release(manifest: Mapping) -> tuple[list, list]:
    release_id = manifest["release_id"]
    marts = {name: (table(schema, name), about["rows"])
             for schema, key in (("marts", "tables"), ("quality", "quality")) for name, about in manifest[key].items()}
    files = defaultdict(list)
    for file in manifest["files"]:
        parts = PurePosixPath(file["path"]).parts
        if parts[0] == "internal" and parts[1] in ("facts", "tables", "quality"):
            files[parts[2].removesuffix(".parquet")].append(file["bytes"])
    whole = output_of(release(release_id), size=sum(file["bytes"] for file in manifest["files"]),
                      files=len(manifest["files"]), version=version(release_id))
    return [input_of(name) for name, _ in sorted(marts.values())], [whole, *(output_of(
        of_release(release_id, f"tables/{name}"), rows=rows, size=sum(files[name]), files=len(files[name]),
        made_of=[mart], version=version(release_id)) for name, (mart, rows) in sorted(marts.items()))]


def _files(manifest: Mapping) -> list:
    release_id, outputs = manifest["release_id"], []
    for file in manifest["files"]:
        parts = PurePosixPath(file["path"]).parts
        if parts[0] == "public" or parts[:2] == ("internal", "report"):
            name = "/".join(parts if parts[0] == "public" else parts[1:])
            outputs.append(output_of(of_release(release_id, name), size=file["bytes"], files=1,
                                     version=version(release_id)))
    return outputs
