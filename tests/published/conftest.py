"""The ministry's raw file of 2017, made once and read once."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from primaire.sources import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from primaire.schema import Returns


@pytest.fixture(scope="session")
def ministry(published_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the raw file of 2017, both rounds, of all 69,242 polling stations."""
    folder = tmp_path_factory.mktemp("ministry")
    subprocess.run([sys.executable, published_data / "make_ministry_file.py", folder], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def raw(ministry: Path) -> Callable[[int], Returns]:
    """Return what reads a round of the raw file, once."""
    read: dict[int, Returns] = {}

    def of_round(number: int) -> Returns:
        if number not in read:
            read[number] = load(ministry / f"PR17_BVot_T{number}_FE.txt")
        return read[number]

    return of_round
