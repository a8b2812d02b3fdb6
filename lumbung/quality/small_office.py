"""A small office that published a sound sample and is then sent, file by file, what gates must stop or speak of."""

import shutil
from pathlib import Path

from lumbung import flow, sample
from lumbung.errors import GateFailed, LumbungError
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.quality.gate_results import Failed, Found, Planted, batches, of_batches, of_run, place_of
from lumbung.quality.intake import read_key

ROWS = 3_000
MOST_RUNS = 6            # each stopped run names loads to withdraw, so one after the other gets through


def measured(folder: Path, seed: int) -> "SmallOffice":
    """Make a small office in `folder`, publish its sound sample and send it the faults."""
    made, home = folder / "sample", Home(folder / "home").make()
    sample.write_sample(made, ROWS, seed)
    home.inbox.rmdir()
    (made / "inbox").rename(home.inbox)
    office = SmallOffice(made, home)
    office.publish_sound()
    office.send_faults()
    return office


class SmallOffice:
    """`made` is a sample whose inbox is that of `home`. `runs` tells of each run; `ended` has each line of the key with
    how else it ended, "" where its check failed for its load; `alarms` are failures of right data with where they are,
    `results` how many results right data had."""

    def __init__(self, made: Path, home: Home):
        self.made, self.home = made, home
        self.key = read_key(made / "answer_key" / "gates.csv")
        self.runs: list[dict] = []
        self.ended: list[tuple[dict, str]] = []
        self.alarms: list[tuple[Failed, str]] = []
        self.results = 0

    def publish_sound(self) -> None:
        """Publish the sound sample. What fails of it is a false alarm."""
        found = self._run("sound")
        if not self.runs[-1]["release"]:
            raise LumbungError("The sound sample was not published.", where=str(self.home.root),
                               todo="A gate cries wolf: `lumbung run` there says which.")
        self.results += found.results
        planted = Planted(self.home, [])
        self.alarms += [(failed, planted.name_of(failed)) for failed in planted.unexplained(found)]

    def send_faults(self) -> None:
        """Send what raw and staging must see, then what only marts can."""
        of_marts = {line["path"] for line in self.key if line["step"] == "marts"}
        for name, lines in (("staging", [line for line in self.key if line["path"] not in of_marts]),
                            ("marts", [line for line in self.key if line["path"] in of_marts])):
            self._send_and_mend(name, lines)

    def _send_and_mend(self, name: str, lines: list[dict]) -> None:
        """Send these faults in one go and compare; withdraw what stops the run, until one publishes."""
        for path in {line["path"] for line in lines}:
            self._send(path)
        found = self._run(name)
        self.ended += [(line, self.how_ended(line, found)) for line in lines]
        sent = self._loads({line["path"] for line in lines})
        self.alarms += [(failed, "a right load beside faults") for failed in found.failed
                        if failed.severity == "critical" and failed.load_id and failed.load_id not in sent]
        if name == "staging":      # what was only spoken of would stand beside the faults of marts
            self._withdraw(sent)
            return
        while not self.runs[-1]["release"]:
            named = {failed.load_id for failed in found.failed if failed.severity == "critical" and failed.load_id}
            if not named or len(self.runs) >= MOST_RUNS:
                raise LumbungError("The small office can't publish any more.", where=str(self.home.root),
                                   todo="A critical check names no load to withdraw: see the gates of its last run.")
            self._withdraw(named)
            found = self._run("withdrawn")

    def _run(self, what: str) -> Found:
        """One `lumbung run`. Returns what its gates found, of the batches that came with it too."""
        before, known = batches(self.home), {path.name for path in self.home.run("any").parent.glob("*")}
        current = self.home.releases / "current"
        stood = current.resolve() if current.exists() else None
        try:
            release, stopped = flow.run(self.home).release_id, ""
        except GateFailed as problem:
            release, stopped = None, problem.where
            if (current.resolve() if current.exists() else None) != stood:
                raise LumbungError("A run that a gate stopped moved `current`.", where=str(current)) from problem
        run_id, = {path.name for path in self.home.run("any").parent.glob("run-*")} - known
        self.runs.append({"sent": what, "release": release or "", "stopped_at": stopped})
        return of_batches(self.home, but=before) + of_run(self.home, run_id)

    def how_ended(self, line: dict, found: Found) -> str:
        """How a line of the key ended otherwise than as it says; "" where its check failed for its load."""
        load_id = next(iter(self._loads({line["path"]})), "")
        if not load_id:
            return "the file is not in the ledger"
        here = [failed for failed in found.failed
                if (failed.suite, failed.name) == (_suite(line), line["check_name"])]
        fits = [failed for failed in here if failed.load_id == load_id or (not failed.load_id
                and line["severity"] == "warning")]
        if not here:
            return self._state(load_id)
        if not fits:
            return "it names other loads" if any(failed.load_id for failed in here) else "it names no load"
        return "" if fits[0].severity == line["severity"] else f"it is {fits[0].severity}"

    def _state(self, load_id: str) -> str:
        load = ledger.loads(self.home).get(load_id)
        if load is None or load.status == "loaded":
            return "the check passed"
        return f"the load is {load.status}: {load.reason_code} {load.reason}".strip()

    def _loads(self, paths: set[str]) -> set[str]:
        places = {tuple(path.split("/inbox/")[1].split("/")) for path in paths}
        return {load.load_id for load in ledger.loads(self.home).values() if place_of(load) in places}

    def _send(self, path: str) -> None:
        target = self.home.inbox / path.split("/inbox/")[1]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.made / path, target)

    def _withdraw(self, load_ids: set[str]) -> None:
        from lumbung.intake import returns

        standing = ledger.loads(self.home)
        for load_id in sorted(load_ids):
            if standing[load_id].status in ("loaded", "held"):
                returns.withdraw(self.home, load_id, "planted to measure the gates")


def _suite(line: dict) -> str:
    return f"{line['step']}.{line['table_name']}"
