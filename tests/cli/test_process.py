"""What only a process of its own can show: pipes, closed streams, consoles of other encodings, locales, signals."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from subprocess import PIPE

import pytest

from tools.environment import neutral_environment

pytestmark = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("bash"), reason="pipes and streams of a POSIX shell"
)


@pytest.mark.parametrize("command", ["primaire results", "primaire --help"])
def test_a_reader_that_has_seen_enough_is_no_error(command):
    """The pipe is closed before anything is written, as ``head`` does after its first line."""
    with subprocess.Popen(
        ["bash", "-c", f"exec {command}"], env=neutral_environment(), stdout=PIPE, stderr=PIPE
    ) as started:
        assert started.stdout is not None
        started.stdout.close()
        _, said = started.communicate(timeout=60)
    assert started.returncode == 0
    assert b"Error" not in said
    assert b"Traceback" not in said
    assert b"Exception" not in said


def test_head_sees_the_first_line(process):
    done = process("set -o pipefail; primaire results conflans | head -1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"Primaire de la gauche 2017, round 1")
    assert done.stdout.count(b"\n") == 1


def test_redirected_output_is_the_bytes_of_a_file_whatever_the_console(process, run, here):
    done = process("primaire results conflans --lang fr > a.txt", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    run("results", "conflans", "--lang", "fr", "-o", "b.txt", "--format", "table")
    assert (here / "a.txt").read_bytes() == (here / "b.txt").read_bytes()


def test_nothing_is_said_at_the_end_of_reading_and_writing_parquet(process, run):
    run("convert", "conflans", "-o", "conflans.parquet")
    done = process("primaire results conflans.parquet && primaire convert conflans.parquet -o other.parquet")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Hamon" in done.stdout


@pytest.mark.parametrize("command", ["results --help --lang fr", "results nowhere"])
def test_a_console_of_ascii_does_not_crash(process, command):
    done = process(f"primaire {command}", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == (3 if command == "results nowhere" else 0)
    assert done.stderr.isascii()
    assert b"bug" not in done.stderr
    assert done.stdout or done.stderr


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("primaire results conflans >&-", 0),
        ("primaire results nowhere 2>&-", 3),
        ("primaire results - <&-", 3),
    ],
)
def test_closed_streams_do_no_harm(process, command, code):
    done = process(command)
    assert done.returncode == code
    assert b"bug" not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")  # noqa: PTH110  before a test starts
def test_a_full_disk_is_told(process):
    done = process("primaire results conflans --format csv > /dev/full")
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"No space left" in done.stderr


def test_an_interrupt_ends_it_quietly(here):
    os.mkfifo(here / "a.csv")
    command = [sys.executable, "-m", "primaire", "results", "a.csv"]
    with (
        subprocess.Popen(command, env=neutral_environment(), stdout=PIPE, stderr=PIPE) as started,
        # The pipe opens here once it is opened there: from then on, it waits for what we never write.
        (here / "a.csv").open("wb"),
    ):
        started.send_signal(signal.SIGINT)
        out, said = started.communicate(timeout=60)
    assert (started.returncode, out, said) == (130, b"", b"")


def test_a_locale_need_not_be_installed():
    """Without a shell, which would itself complain of the locale."""
    command = [sys.executable, "-m", "primaire", "results", "conflans", "--round", "2"]
    settings = neutral_environment(LC_ALL="fr_FR.ISO-8859-1", PYTHONIOENCODING="")
    done = subprocess.run(command, env=settings, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "57,95\u00a0%" in done.stdout.decode()
