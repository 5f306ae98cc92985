"""Where bytes come from: files, standard input, and the data sets that ship."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from types import SimpleNamespace

import pytest

from primaire.errors import SourceError
from primaire.sources.content import DATASETS, DEFAULT, dataset_path, open_content

CSV = b"candidate,votes\nA,1\n"


@pytest.mark.parametrize("name", DATASETS)
def test_a_data_set_that_ships_is_there(name):
    content = open_content(name)
    assert content.name == name
    assert content.data == dataset_path(name).read_bytes()
    assert content.data.startswith(b"election,")


def test_the_default_data_set_ships():
    assert DEFAULT in DATASETS


def test_a_file_has_its_path_as_name_and_its_stem_as_title(tmp_path):
    path = tmp_path / "board 2026.csv"
    path.write_bytes(CSV)
    content = open_content(path)
    assert (content.name, content.title, content.data) == (str(path), "board 2026", CSV)
    assert content.digest == hashlib.sha256(CSV).hexdigest()


def test_a_data_set_wins_over_a_file_of_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "national").write_bytes(CSV)
    assert open_content("national").data != CSV
    assert open_content("./national").data == CSV


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(CSV)))
    content = open_content("-")
    assert (content.name, content.data) == ("-", CSV)


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t\n"])
def test_nothing_is_refused(tmp_path, data):
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(SourceError, match=r"a\.csv” is empty") as refused:
        open_content(tmp_path / "a.csv")
    assert "primaire template" in str(refused.value.remedy)


def test_nothing_on_standard_input_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
    with pytest.raises(SourceError, match="is empty"):
        open_content("-")


def test_a_missing_file_is_refused_with_the_data_sets(tmp_path):
    with pytest.raises(SourceError) as refused:
        open_content(tmp_path / "zzzzz")
    assert "zzzzz" in str(refused.value.seen)
    assert all(name in str(refused.value.expected) for name in DATASETS)
    assert refused.value.remedy is None


@pytest.mark.parametrize("asked", ["conflan_results.csv", "Conflans_Results.csv", "conflans_result"])
def test_a_misspelt_file_is_named(tmp_path, monkeypatch, asked):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "conflans_results.csv").write_bytes(CSV)
    if (tmp_path / asked).exists():
        pytest.skip("file names do not tell cases apart here")
    with pytest.raises(SourceError) as refused:
        open_content(asked)
    assert "“conflans_results.csv”" in str(refused.value.remedy)


def test_a_misspelt_data_set_is_named():
    with pytest.raises(SourceError) as refused:
        open_content("nationl")
    assert "“national”" in str(refused.value.remedy)


def test_a_misspelt_file_elsewhere_is_named_with_its_folder(tmp_path):
    (tmp_path / "section.csv").write_bytes(CSV)
    with pytest.raises(SourceError) as refused:
        open_content(tmp_path / "sectoin.csv")
    assert str(tmp_path / "section.csv") in str(refused.value.remedy)


def test_a_file_in_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(SourceError, match="no file"):
        open_content(tmp_path / "none" / "a.csv")


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(SourceError, match="is a directory"):
        open_content(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything may be read here")
def test_a_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    path.chmod(0)
    with pytest.raises(SourceError, match="permission denied"):
        open_content(path)


@pytest.mark.parametrize("name", ["a\0b", "a" * 5000])
def test_a_name_that_no_file_can_have_is_refused(name):
    with pytest.raises(SourceError):
        open_content(name)
