import json

import pytest

from lumbung.bench.__main__ import main
from lumbung.bench.measure import measured
from lumbung.errors import LumbungError
from lumbung.lake.home import Home


def test_the_bench_writes_what_each_step_took(tmp_path, capsys):
    out = tmp_path / "bench.json"
    arguments = ["--rows", "3030", "--home", str(tmp_path / "scratch"), "--out", str(out), "--history"]
    assert main([*arguments, "3000", "30000", "--days", "1"]) == 0
    figures = json.loads(out.read_text())
    assert figures["rows"] == 3030
    assert {"land", "type", "gate_raw", "pin", "dbt_staging", "gate_staging", "dbt_marts", "gate_marts",
            "publish"} <= figures["seconds"].keys()
    assert sum(figures["seconds"].values()) == pytest.approx(figures["total_seconds"], abs=0.1)
    assert figures["ratio"] == pytest.approx(figures["total_seconds"] / figures["floor_seconds"], rel=0.01)
    assert figures["peak_memory_mb"] >= figures["gates_peak_memory_mb"] > 50
    gates = sum(figures["seconds"][name] for name in ("gate_raw", "gate_staging", "gate_marts"))
    assert figures["gates_share"] == pytest.approx(gates / figures["total_seconds"], abs=0.001)
    assert 3030 * 0.98 < figures["rows_accepted"] < 3030
    assert figures["rows_quarantined"] > 0
    home = Home(tmp_path / "scratch" / "warehouse")
    assert (home.releases / "current" / "manifest.json").is_file()
    told = capsys.readouterr().out
    assert "times the floor" in told
    assert "All gates together" in told
    days = figures["day_on_history"]
    assert (days["short"]["history"], days["long"]["history"]) == (3000, 30_000)
    assert [day["rows_accepted"] for day in days["short"]["days"]] == [3]
    assert all(30 <= day["rows_accepted"] < 60 for day in days["long"]["days"])
    assert days["seconds_ratio"] > 0
    assert main([*arguments, "0", "0"]) == 2


def test_no_rows_is_wrong_usage(tmp_path, capsys):
    assert main(["--rows", "0", "--home", str(tmp_path / "scratch"), "--out", str(tmp_path / "x.json")]) == 2
    assert not (tmp_path / "x.json").exists()


def test_memory_of_a_program_and_of_what_it_starts_is_counted_together(tmp_path):
    child = "import sys; x = bytearray(120_000_000); print(flush=True); sys.stdin.read()"
    cost = measured(
        "timeit", "-n1", "-r1", "-s", "import subprocess, sys, time",
        f"p = subprocess.Popen([sys.executable, '-c', {child!r}], stdin=-1, stdout=-1); x = bytearray(120_000_000); "
        "p.stdout.readline(); time.sleep(1.5); p.communicate()", log=tmp_path / "log")
    assert 240 < cost.peak_memory_mb < 400
    assert cost.seconds > 1.5


def test_a_program_that_fails_says_why(tmp_path):
    with pytest.raises(LumbungError, match="ZeroDivisionError"):
        measured("timeit", "-n1", "1/0", log=tmp_path / "log")


def test_what_is_measured_knows_no_channels_of_alerts(tmp_path, monkeypatch):
    monkeypatch.setenv("LUMBUNG_ALERTS", "json://127.0.0.1:1/petugas")
    cost = measured("timeit", "-n1", "-r1", "import os; assert not os.environ['LUMBUNG_ALERTS']", log=tmp_path / "log")
    assert cost.seconds
