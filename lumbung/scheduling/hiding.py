"""Names of files that tell of a person, and Airflow's logs, which more people read than may see such names."""

from collections.abc import Iterable
from pathlib import PurePath

from airflow.sdk.log import mask_secret


def hide_names(paths: Iterable[str]) -> None:
    """Make Airflow write `***` for these names of files where they tell of a person, whatever this task says, returns
    or fails with."""
    from lumbung.privacy import masked

    for name in {PurePath(path).name for path in paths}:
        if masked(name) != name:
            mask_secret(name)
