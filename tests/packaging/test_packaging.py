"""The data sets, the types and the translations are there however primaire is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

import pytest

from primaire.sources.opening.content import DATASETS, dataset_path
from tools.environment import ROOT

DATA = sorted(file.name for file in (ROOT / "data").glob("*.csv"))
RULES = sorted(file.name for file in (ROOT / "src/primaire/rules/files").glob("*.toml"))
LANGUAGES = sorted(file.parts[-3] for file in (ROOT / "src/primaire/locale").glob("*/LC_MESSAGES/*.po"))

# Conflans, round 2: 1473 voters, as the local section published them.
LOAD = """
import json, primaire
from pathlib import Path
from primaire.sources import load
from primaire.sources.opening.content import dataset_path
print(json.dumps([primaire.__file__, str(dataset_path("national")), load("conflans").ballots["voters"].max().item()]))
"""


def build(checkout: Path, target: str, into: Path) -> Path:
    """Build a wheel or an sdist with the project's backend, and return the file."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(into)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    (file,) = into.iterdir()
    return file


def unpacked(wheel: Path, into: Path) -> Path:
    shutil.unpack_archive(wheel, into, "zip")
    return into


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The top folder of the unpacked sdist."""
    file = build(ROOT, "sdist", tmp_path_factory.mktemp("sdist"))
    into = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(file) as archive:
        # What the standard library asks for from 3.12 on, and does not know before 3.11.4.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(into)  # noqa: S202  our own archive
    return into / file.name.removesuffix(".tar.gz")


def package_files() -> list[str]:
    """What must be in every wheel besides the modules."""
    catalogues = [f"primaire/locale/{language}/LC_MESSAGES/primaire.mo" for language in LANGUAGES]
    rules = [f"primaire/rules/files/{name}" for name in RULES]
    pages = ["primaire/render/page.css", "primaire/reporting/style.css", "primaire/reporting/script.js"]
    return ["primaire/py.typed", *pages, *catalogues, *rules, *(f"primaire/data/{name}" for name in DATA)]


def assert_data_are_loaded_from(package: Path, cwd: Path) -> None:
    """Run primaire from an unpacked wheel, far from any checkout, and see that it finds its own data."""
    environment = {**os.environ, "PYTHONPATH": str(package)}
    done = subprocess.run([sys.executable, "-c", LOAD], cwd=cwd, env=environment, check=True, capture_output=True)
    module, dataset, voters = json.loads(done.stdout)
    assert Path(module).is_relative_to(package)
    assert Path(dataset) == package / "primaire" / "data" / DATASETS["national"]
    assert voters == 1473


def test_there_are_data_and_languages():
    assert sorted(DATASETS.values()) == DATA
    assert "fr" in LANGUAGES


def test_there_are_rules():
    assert "municipales-2026.toml" in RULES


def test_wheel_holds_what_the_program_reads(wheel: Path):
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    assert set(package_files()) <= set(names)
    assert [name for name in names if name.endswith("/licenses/LICENSE")]
    # Nothing of the checkout strays into people's site-packages.
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"primaire"}


def test_data_load_from_the_wheel(wheel: Path, tmp_path: Path):
    assert_data_are_loaded_from(unpacked(wheel, tmp_path / "site"), tmp_path)


def test_sdist_holds_what_a_packager_needs(sdist: Path):
    """The sources, the data, and what builds, tests and explains them."""
    for name in ("LICENSE", "README.md", "CHANGELOG.md", "hatch_build.py", "src/primaire/py.typed", "tests", "tools"):
        assert (sdist / name).exists(), name
    assert sorted(file.name for file in (sdist / "data").glob("*.csv")) == DATA


def test_data_load_from_a_wheel_built_from_the_sdist(sdist: Path, tmp_path: Path):
    wheel = build(sdist, "wheel", tmp_path / "wheel")
    assert_data_are_loaded_from(unpacked(wheel, tmp_path / "site"), tmp_path)


@pytest.mark.skipif(
    not json.loads(distribution("primaire").read_text("direct_url.json") or "{}").get("dir_info", {}).get("editable"),
    reason="primaire is not installed in editable mode here",
)
@pytest.mark.parametrize("name", DATASETS)
def test_editable_data_are_those_of_the_checkout(name: str):
    """In an editable install an edited data file is what the next command reads."""
    assert dataset_path(name) == ROOT / "data" / DATASETS[name]
