"""Datasets with what is said of them. No value of a row, no path of this machine, no name of a file unmasked."""

from collections.abc import Iterable, Sequence

from openlineage.client.event_v2 import InputDataset, OutputDataset
from openlineage.client.facet_v2 import (
    data_quality_assertions_dataset,
    dataset_version_dataset,
    datasource_dataset,
    documentation_dataset,
    output_statistics_output_dataset,
    schema_dataset,
)
from openlineage.client.generated.lineage import LineageDatasetFacet, LineageDatasetInput

from lumbung import __version__
from lumbung.lineage.names import namespace

PRODUCER = f"urn:lumbung:{__version__}"
# Where datasets lie, under LUMBUNG_HOME.
PLACES = {"landing": "lake/landing", "load": "lake/raw", "release": "releases"}
BUILD = "build/warehouse.duckdb"


def input_of(name: str, **facets) -> InputDataset:
    """A dataset that is read; `facets` by their names in OpenLineage."""
    # Of what a job of ours wrote, that job says where it lies.
    source = {"dataSource": _source(name)} if name.startswith("landing/") else {}
    return InputDataset(namespace(), name, facets={**source, **_there(facets)})


def output_of(name: str, *, rows: int | None = None, size: int | None = None, files: int | None = None,
              made_of: Iterable[str] | None = None, **facets) -> OutputDataset:
    """A dataset that is written: `rows`, `size` in bytes, `files` (counts) as far as known. `made_of` names which of
    the job's inputs it is made of, where that is not all of them."""
    counts = {}
    if (rows, size, files) != (None, None, None):
        counts["outputStatistics"] = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(
            rows, size, files, producer=PRODUCER)
    if made_of is not None:
        facets["lineage"] = LineageDatasetFacet(
            inputs=[LineageDatasetInput(namespace(), one, "DATASET") for one in made_of], producer=PRODUCER)
    return OutputDataset(namespace(), name, facets={"dataSource": _source(name), **_there(facets)},
                         outputFacets=counts)


def checked(name: str, assertions: Sequence[data_quality_assertions_dataset.Assertion]) -> InputDataset:
    """A dataset that a gate looked at, and what it found."""
    dataset = input_of(name)
    dataset.inputFacets = {"dataQualityAssertions": data_quality_assertions_dataset.DataQualityAssertionsDatasetFacet(
        list(assertions), producer=PRODUCER)}
    return dataset


def version(text: str) -> dataset_version_dataset.DatasetVersionDatasetFacet | None:
    return dataset_version_dataset.DatasetVersionDatasetFacet(text, producer=PRODUCER) if text else None


def description(text: str) -> documentation_dataset.DocumentationDatasetFacet | None:
    return documentation_dataset.DocumentationDatasetFacet(text, producer=PRODUCER) if text else None


def schema(columns: Sequence[tuple[str, str]]) -> schema_dataset.SchemaDatasetFacet | None:
    """Columns in order, with their types."""
    if not columns:
        return None
    return schema_dataset.SchemaDatasetFacet(
        [schema_dataset.SchemaDatasetFacetFields(name, kind) for name, kind in columns], producer=PRODUCER)


def _source(name: str) -> datasource_dataset.DatasourceDatasetFacet:
    place = PLACES.get(name.partition("/")[0], BUILD) if "/" in name else BUILD
    return datasource_dataset.DatasourceDatasetFacet(place, f"file:{place}", producer=PRODUCER)


def _there(facets: dict) -> dict:
    return {name: facet for name, facet in facets.items() if facet is not None}
