"""Names of files that tell of a person, and Airflow's logs, which more people read than may see such names.

A task's lines go two ways: to its own log, and copied by LocalExecutor to what the scheduler prints. Airflow masks what
it is told to mask in the first only, so that Lumbung's own lines and errors hold no such names to begin with.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePath

from airflow.sdk.log import mask_secret

from lumbung.errors import LumbungError


@contextmanager
def names_hidden(paths: Iterable[str]) -> Iterator[None]:
    """For the end of the task, Airflow writes `***` for these names where they tell of a person; an error that the
    block raises for people has them masked."""
    from lumbung.privacy import masked

    hide_names(paths)
    try:
        yield
    except LumbungError as problem:
        raise type(problem)(masked(problem.what), where=masked(problem.where), todo=masked(problem.todo)
                            ).with_traceback(problem.__traceback__) from None


def hide_names(paths: Iterable[str]) -> None:
    """Make Airflow write `***` for the names of these files, where they tell of a person, in this task's log."""
    from lumbung.privacy import masked

    for name in {PurePath(path).name for path in paths}:
        if masked(name) != name:
            mask_secret(name)


def without_names(row: dict) -> dict:
    """A load as commands list it, the name of its file masked."""
    from lumbung.privacy import masked

    return row | {"file_name": masked(row["file_name"])}
