"""How tests of the command line run it: in this process where they can, in one of its own where they must."""

from __future__ import annotations

import gettext
import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from primaire.cli.main import main
from tools.environment import neutral_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


class Done(NamedTuple):
    """What a user has of a command that has run: its exit code, what it said, and the bytes of its standard output."""

    code: int
    out: str
    err: str
    data: bytes


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Each test in a folder of its own, and gettext's globals, which typer leaves no way around, as they were after it."""
    monkeypatch.chdir(tmp_path)
    language, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    yield tmp_path
    gettext.textdomain(domain)
    if language is None:
        os.environ.pop("LANGUAGE", None)
    else:
        os.environ["LANGUAGE"] = language


@pytest.fixture
def write(here: Path) -> Callable[..., str]:
    """Write a file into the test's folder, and return its name."""

    def write_file(text: str | bytes, name: str = "a.csv") -> str:
        (here / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return name

    return write_file


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Run a command line in this process; standard output is no terminal."""

    def run_here(*words: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Done:
        capfdbinary.readouterr()
        with monkeypatch.context() as patched:
            for name, value in {"LANGUAGE": "", **(env or {})}.items():
                patched.setenv(name, value)
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            patched.setattr(sys, "argv", ["primaire", *words])
            code = main()
        out, err = capfdbinary.readouterr()
        return Done(code, out.decode(errors="replace"), err.decode(), out)

    return run_here


@pytest.fixture
def process() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run a command line of the shell, in which ``primaire`` is this one, in a process of its own."""

    def run_there(command: str, **env: str) -> subprocess.CompletedProcess[bytes]:
        settings = neutral_environment(**env)
        return subprocess.run(["bash", "-c", command], env=settings, capture_output=True, check=False, timeout=120)

    return run_there
