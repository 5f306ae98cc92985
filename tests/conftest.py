"""What all tests share: an environment without anybody's personal settings, and patience on a slow machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tools.environment import ROOT, personal_settings

# Speed is measured in benchmarks/; a deadline here would only fail tests on a busy machine. CI tries the same examples each
# time, so that a commit is judged by what it changes; new ones are looked for wherever people run the tests.
settings.register_profile("primaire", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("primaire")


@pytest.fixture(autouse=True)
def _neutral_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A French locale or a wide terminal must not change what a test sees; a test that wants one sets it."""
    for name in personal_settings():
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def published_data() -> Path:
    """The folder of published results that the project does not ship; PRIMAIRE_DATA names it."""
    folder = Path(os.environ.get("PRIMAIRE_DATA") or ROOT / ".." / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no published results in {folder}; PRIMAIRE_DATA names their folder")
    return folder
