"""Ctrl-C ends all of Airflow, also when somebody is impatient."""

import os
import signal
import subprocess
import sys

import psutil


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def test_a_second_ctrl_c_leaves_nothing_running(tmp_path):
    command = subprocess.Popen(
        [sys.executable, "-m", "lumbung.cli", "up", "--port", "18480"],
        env={**os.environ, "LUMBUNG_HOME": str(tmp_path)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True)
    started: list[psutil.Process] = []
    try:
        assert any("Ctrl-C stops it" in line for line in command.stdout)
        started = psutil.Process(command.pid).children(recursive=True)
        assert len(started) >= 4
        command.send_signal(signal.SIGINT)
        assert any("Stopping Airflow" in line for line in command.stdout)
        command.send_signal(signal.SIGINT)
        assert command.wait(120) == 130
        assert alive(started) == []
    finally:
        for process in [*alive(started), command]:
            process.kill()
