"""A backup is a point in time, whole or not there; a restore is whole or leaves nothing."""

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from returned_files import item, peb

from lumbung.lake import ledger
from lumbung.lake.asking import rows_of
from lumbung.lake.home import Home

WORKER = Path(__file__).with_name("take_in_forever.py")


def entries(archive: Path) -> list[tuple]:
    """What a backup says but for its time."""
    with tarfile.open(archive) as tar:
        return [(info.name, info.mode, info.mtime, info.type, info.linkname,
                 tar.extractfile(info).read() if info.isreg() else b"") for info in tar
                if info.name not in ("lumbung-backup.json", "manifest.json")]


def told(archive: Path) -> dict:
    with tarfile.open(archive) as tar:
        return json.load(tar.extractfile("manifest.json"))


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()
            and path.relative_to(root).parts[0] not in ("build", "scratch")}


@pytest.fixture
def archive(lake, tmp_path) -> Path:
    lake.lumbung("backup", tmp_path / "backup.tar")
    return tmp_path / "backup.tar"


def test_a_backup_comes_back_as_it_was(lake, archive, tmp_path):
    assert archive.stat().st_mode & 0o777 == 0o600
    restored = lake.elsewhere(tmp_path / "new", LUMBUNG_KEY=dict(lake.more)["LUMBUNG_KEY"])
    assert "3 loads" in restored.lumbung("restore", archive)
    for words in (("loads", "--json"), ("quarantine", "list", "--json"), ("privacy", "log", "--json")):
        assert restored.lumbung(*words) == lake.lumbung(*words)
    restored.lumbung("backup", tmp_path / "again.tar")
    assert entries(tmp_path / "again.tar") == entries(archive)
    assert b"a key of one's own" not in archive.read_bytes()
    assert (restored.root / "lake").stat().st_mode & 0o777 == 0o700
    names = [name for name, *_ in entries(archive)]
    assert not [name for name in names if name.startswith(("home/inbox", "home/scratch", "home/identity/work"))]


def test_a_backup_taken_during_intake_has_every_row_of_its_ledger(place, tmp_path):
    """In a process of its own, one file after the other."""
    with subprocess.Popen([sys.executable, WORKER, place.root], stdout=subprocess.PIPE, text=True,
                          env=place.environment) as worker:
        try:
            for number in range(4):
                worker.stdout.readline()
                place.lumbung("backup", tmp_path / f"{number}.tar")
        finally:
            worker.kill()
    loads = []
    for number in range(4):
        manifest = told(tmp_path / f"{number}.tar")
        assert (manifest["counts"]["without_bytes"], manifest["counts"]["untyped"]) == (0, 0)
        restored = place.elsewhere(tmp_path / f"home-{number}")
        restored.lumbung("restore", tmp_path / f"{number}.tar")
        home = Home(restored.root)
        state = ledger.loads(home)
        loads.append(len(state))
        assert {path.parent.name for path in home.landing.glob("*/*/payload")} == {x.sha256 for x in state.values()}
        found = dict(rows_of("select load_id, count(*) from read_parquet(?) group by 1",
                             [[str(path) for path in home.raw.glob("*/*.parquet")]]))
        assert found == {x.load_id: x.rows_accepted for x in state.values() if x.status == "loaded"}
        assert all(x.landed_at for x in state.values())
    assert loads[0] < loads[3], "nothing was taken in meanwhile"


@pytest.mark.parametrize("damage", ["a byte", "half", "no manifest", "no backup", "text"])
def test_a_damaged_backup_leaves_nothing(lake, archive, tmp_path, damage):
    content = archive.read_bytes()
    with tarfile.open(archive) as tar:
        payload, last = tar.getmember(next(n for n in tar.getnames() if "landing/peb/" in n and n.endswith("/payload"))
                                      ), tar.getmembers()[-1]
    place = payload.offset_data + 10
    bad = {"a byte": content[:place] + bytes([content[place] ^ 1]) + content[place + 1:],
           "half": content[:len(content) // 2],
           "no manifest": content[:last.offset] + bytes(10240),
           "no backup": tar_of("elsewhere.txt"), "text": b"nothing like a tar"}[damage]
    (tmp_path / "bad.tar").write_bytes(bad)
    new = lake.elsewhere(tmp_path / "new", **dict(lake.more))
    said = new.lumbung("restore", tmp_path / "bad.tar", exits=1)
    if damage == "a byte":
        assert payload.name in said
    assert files(new.root) == {}
    assert "Restored and checked" in new.lumbung("restore", archive)


def tar_of(name: str) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    return made.getvalue()


def test_a_backup_can_write_nowhere_but_into_the_home(lake, archive, tmp_path):
    """Whoever can put files into a tar is not to put any elsewhere."""
    for number, bad in enumerate(("home/../../outside", "/outside", "home/inbox/peb/x/outside.csv", "outside")):
        made = tmp_path / f"{number}.tar"
        with tarfile.open(archive) as source, tarfile.open(made, "w") as target:
            for info in source:
                target.addfile(info, source.extractfile(info) if info.isreg() else None)
                if info.name == "lumbung-backup.json":
                    target.addfile(tarfile.TarInfo(bad))
        new = lake.elsewhere(tmp_path / f"new-{number}", **dict(lake.more))
        assert "belongs to no home" in new.lumbung("restore", made, exits=1)
        assert not list(tmp_path.rglob("outside*"))


@pytest.mark.parametrize(("more", "says"), [
    ({}, "there is none in LUMBUNG_KEY"),
    ({"LUMBUNG_KEY": "another key than that of the office, as long"}, "is not the key"),
    ({"LUMBUNG_KEY": "another key than that of the office, as long", "LUMBUNG_KEY_VERSION": "2"}, "this is p2")])
def test_another_key_is_refused_before_anything_is_written(lake, archive, tmp_path, more, says):
    new = lake.elsewhere(tmp_path / "new", **more)
    assert says in new.lumbung("restore", archive, exits=1)
    assert files(new.root) == {}


def test_only_an_empty_home_is_restored_into(own_lake, archive, tmp_path):
    before = files(own_lake.root)
    assert "an empty home only" in own_lake.lumbung("restore", archive, exits=2)
    assert files(own_lake.root) == before
    # What starting Lumbung leaves, and files that wait in the inbox, are no data yet.
    started = own_lake.elsewhere(tmp_path / "started", **dict(own_lake.more))
    waiting = started.root / "inbox/peb/bea-cukai/menunggu.csv"
    waiting.parent.mkdir(parents=True)
    waiting.write_text(peb([item(70)]))
    started.lumbung("loads")
    started.lumbung("restore", archive)
    assert waiting.read_text() == peb([item(70)])


def test_through_a_pipe_and_back(lake, tmp_path):
    new = lake.elsewhere(tmp_path / "new", **dict(lake.more))
    with lake.process("backup", "-", stdout=subprocess.PIPE) as giving, \
            new.process("restore", "-", stdin=giving.stdout) as taking:
        giving.stdout.close()
        said = taking.communicate()[1], giving.communicate()[1]
    assert (taking.returncode, giving.returncode) == (0, 0), said
    assert new.lumbung("loads", "--json") == lake.lumbung("loads", "--json")


def test_a_pipe_that_breaks_is_told(lake):
    reading, writing = os.pipe()
    os.close(reading)
    with lake.process("backup", "-", stdout=writing) as giving:
        os.close(writing)
        said = giving.communicate()[1].decode()
    assert giving.returncode == 1
    assert "The pipe broke" in said
    assert "Traceback" not in said


def test_where_a_backup_does_not_go(lake, archive, tmp_path):
    content = archive.read_bytes()
    assert "such a file already" in lake.lumbung("backup", archive, exits=2)
    assert archive.read_bytes() == content
    assert "within the home" in lake.lumbung("backup", lake.root / "backup.tar", exits=2)
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "lake").symlink_to(lake.root / "lake")
    assert "A link stands" in lake.elsewhere(tmp_path / "linked").lumbung("backup", tmp_path / "linked.tar", exits=1)
    assert not (tmp_path / "linked.tar").exists()
    nothing = lake.elsewhere(tmp_path / "nothing")
    assert "nothing to back up" in nothing.lumbung("backup", tmp_path / "nothing.tar", exits=1)
    assert not (tmp_path / "nothing.tar").exists()
    assert not nothing.root.exists()


def test_nobody_is_erased_while_a_backup_is_read(own_lake):
    """The reader of the pipe is slow: the backup waits in the middle."""
    person = ("erase", "--name", "CV Contoh Buatan", "--ground", "UU 27/2022 ps. 43")
    with own_lake.process("backup", "-", stdout=subprocess.PIPE) as giving:
        giving.stdout.read(1)
        said = own_lake.lumbung(*person, exits=1)
        assert "backup of this warehouse is being taken" in said
        rest = giving.communicate()[0]
    assert giving.returncode == 0
    assert len(rest) > 1 << 16
    assert "Tombstone" in own_lake.lumbung(*person)


def test_a_restore_that_was_killed_is_begun_again(lake, archive, tmp_path):
    new = lake.elsewhere(tmp_path / "new", **dict(lake.more))
    with new.process("restore", "-", stdin=subprocess.PIPE) as taking:
        taking.stdin.write(archive.read_bytes()[:-20480])
        taking.stdin.flush()
        while not [*new.root.glob("lake/landing/*/*/payload")]:
            assert taking.poll() is None
        taking.send_signal(signal.SIGKILL)
        taking.communicate()
    assert "being restored" in new.lumbung("loads", exits=1)
    assert "being restored" in new.lumbung("run", exits=1)
    new.lumbung("restore", archive)
    assert new.lumbung("loads", "--json") == lake.lumbung("loads", "--json")


def test_erasures_that_a_restored_home_lacks_are_told(own_lake, archive, tmp_path):
    person = ("erase", "--npwp", "01.234.567.8-901.234", "--ground", "UU 27/2022 ps. 43")
    own_lake.lumbung(*person)
    listed = tmp_path / "erasures.json"
    listed.write_text(own_lake.lumbung("privacy", "erasures", "--json"))
    new = own_lake.elsewhere(tmp_path / "new", **dict(own_lake.more))
    new.lumbung("restore", archive)
    lacking = ("privacy", "erasures", "--lacking", listed)
    assert "these persons are back" in new.lumbung(*lacking, exits=1)
    new.lumbung(*person)
    assert "erased here too" in new.lumbung(*lacking)
