"""The made-up part of `samples/`: `python -m lumbung.sample.committed` writes it again, byte for byte."""

import shutil
import tempfile
from pathlib import Path

from lumbung.sample import write_sample

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ROWS, SEED = 6000, 32_76_2024
GATES = ("gate_faults/", "answer_key/gates.csv")     # for whoever measures gates, on a sample of any size
MADE_UP = "data-buatan-*"   # every made-up file is called so; facts of public reports never are


def remake(samples: Path = SAMPLES) -> list[Path]:
    """Replace the made-up files of a samples folder and its answer key; returns the new files, sorted.

    Files of any other name stay as they are; what is for gates is left out.
    """
    for old in [*samples.glob(f"inbox/*/*/{MADE_UP}"), *samples.glob("answer_key/*")]:
        old.unlink()
    made = []
    with tempfile.TemporaryDirectory() as folder:
        write_sample(Path(folder), rows=ROWS, seed=SEED)
        for source in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
            place = source.relative_to(folder)
            if place.as_posix().startswith(GATES):
                continue
            target = samples / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            made.append(target)
    return made


if __name__ == "__main__":
    files = remake()
    print(f"{len(files)} made-up files under {SAMPLES}")
