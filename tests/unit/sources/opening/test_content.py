"""Where bytes come from: files, standard input, and the data sets that ship."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from primaire.errors import SourceError
from primaire.sources.opening.content import DATASETS, DEFAULT, dataset_path, open_content, open_contents

CSV = b"candidate,votes\nA,1\n"
PARQUET = b"PAR1 and columns PAR1"


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return file.getvalue()


def given(monkeypatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


@pytest.mark.parametrize("name", DATASETS)
def test_a_data_set_that_ships_is_there(name):
    content = open_content(name)
    assert content.name == name
    assert content.data == dataset_path(name).read_bytes()
    assert b"election," in content.data.splitlines()[0]


def test_the_default_data_set_ships():
    assert DEFAULT in DATASETS


def test_a_file_has_its_path_as_name_and_its_stem_as_title(tmp_path):
    path = tmp_path / "board 2026.csv"
    path.write_bytes(CSV)
    content = open_content(path)
    assert (content.name, content.title, content.data) == (str(path), "board 2026", CSV)
    assert content.digest == hashlib.sha256(CSV).hexdigest()


@pytest.mark.parametrize("read", [True, False])
def test_a_large_file_has_the_same_digest_whether_it_is_hashed_while_it_is_read_or_after(tmp_path, read):
    path = tmp_path / "large.csv"
    path.write_bytes(b"a,b\n" + b"1,23456789\n" * 500_000)  # 5.5 MB: mapped, and no multiple of a piece
    content = open_content(path)
    if read:
        content.will_be_read()
    assert not isinstance(content.data, bytes)
    assert content.digest == hashlib.sha256(path.read_bytes()).hexdigest()


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


def test_what_is_not_packed_is_opened_as_it_is(tmp_path):
    (tmp_path / "a.csv").write_bytes(CSV)
    assert open_contents(tmp_path / "a.csv") == [open_content(tmp_path / "a.csv")]
    assert open_contents("national") == [open_content("national")]


def test_a_packed_file_keeps_its_name_digest_and_size_and_loses_the_ending_in_its_title(tmp_path):
    path = tmp_path / "tour 1.csv.gz"
    path.write_bytes(gzip.compress(CSV))
    (content,) = open_contents(path)
    assert (content.name, content.title, content.data, content.packing) == (str(path), "tour 1", CSV, "gzip")
    assert content.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert content.size == path.stat().st_size
    assert open_content(path).data == path.read_bytes(), "open_content unpacks nothing"


def test_the_only_file_of_an_archive_goes_by_the_archive_s_name(tmp_path):
    path = tmp_path / "r.zip"
    path.write_bytes(zipped(tour1_csv=CSV, note_pdf=b"%PDF"))
    (content,) = open_contents(path)
    assert (content.name, content.title, content.packing) == (str(path), "tour1", "zip: tour1.csv")
    assert [str(remark) for remark in content.remarks] == ["left out, being no data: note.pdf"]


def test_several_files_of_an_archive_are_several_contents_sorted(tmp_path):
    path = tmp_path / "r.zip"
    path.write_bytes(zipped(b_csv=b"2", a_csv=b"1"))
    contents = open_contents(path)
    assert [content.name for content in contents] == [f"{path}/a.csv", f"{path}/b.csv"]
    assert [content.data for content in contents] == [b"1", b"2"]
    assert {content.digest for content in contents} == {hashlib.sha256(path.read_bytes()).hexdigest()}


def test_an_archive_without_data_is_refused_with_what_it_holds(tmp_path):
    (tmp_path / "r.zip").write_bytes(zipped(note_pdf=b"%PDF"))
    with pytest.raises(SourceError, match=r"r\.zip” holds no file of data") as refused:
        open_contents(tmp_path / "r.zip")
    assert "note.pdf" in str(refused.value.expected)


def test_an_empty_file_of_an_archive_is_refused_with_its_name(tmp_path):
    (tmp_path / "r.zip").write_bytes(zipped(a_csv=CSV, b_csv=b""))
    with pytest.raises(SourceError, match=r"r\.zip/b\.csv” is empty"):
        open_contents(tmp_path / "r.zip")


def test_what_is_packed_is_read_from_standard_input_too(monkeypatch):
    given(monkeypatch, gzip.compress(CSV))
    (content,) = open_contents("-")
    assert (content.name, content.title, content.data, content.packing) == ("-", "standard input", CSV, "gzip")
    given(monkeypatch, zipped(a_csv=CSV, b_csv=CSV))
    assert [(content.name, content.title) for content in open_contents("-")] == [("-/a.csv", "a"), ("-/b.csv", "b")]


def test_a_folder_is_all_its_files_sorted_unpacked_without_those_that_are_no_data(tmp_path):
    (tmp_path / "971.xml").write_bytes(b"<b/>")
    (tmp_path / "075.xml.gz").write_bytes(gzip.compress(b"<a/>"))
    (tmp_path / ".hidden.xml").write_bytes(b"?")
    (tmp_path / "lisezmoi.txt").write_bytes(b"?")
    (tmp_path / "inner").mkdir()
    first, second = open_contents(tmp_path)
    assert (first.name, first.title, first.data) == (str(tmp_path / "075.xml.gz"), "075", b"<a/>")
    assert (second.name, second.title, second.data) == (str(tmp_path / "971.xml"), "971", b"<b/>")
    assert second.digest == hashlib.sha256(b"<b/>").hexdigest()
    assert [str(remark) for remark in first.remarks] == ["left out, being no data: .hidden.xml, inner, lisezmoi.txt"]


def test_a_file_called_like_standard_input_in_a_folder_is_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("-").write_bytes(CSV)
    given(monkeypatch, b"nobody asked")
    assert [content.data for content in open_contents(".")] == [CSV]


def test_a_data_set_wins_over_a_folder_of_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("national").mkdir()
    Path("national", "a.csv").write_bytes(CSV)
    assert open_contents("national")[0].data != CSV
    assert open_contents("./national")[0].data == CSV


def test_a_folder_without_data_is_refused(tmp_path):
    with pytest.raises(SourceError, match="holds no file of data"):
        open_contents(tmp_path)


@pytest.mark.parametrize("name", ["a\0b", "a" * 5000])
def test_a_name_that_nothing_can_have_is_refused(name):
    with pytest.raises(SourceError):
        open_contents(name)


def test_a_parquet_file_stays_on_the_disk(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(PARQUET)
    (content,) = open_contents(path)
    assert (content.data, content.path, content.size) == (b"PAR1", path, len(PARQUET))
    assert content.digest == hashlib.sha256(PARQUET).hexdigest()


def test_a_parquet_file_that_is_packed_or_piped_is_held(tmp_path, monkeypatch):
    (tmp_path / "a.parquet.gz").write_bytes(gzip.compress(PARQUET))
    (packed,) = open_contents(tmp_path / "a.parquet.gz")
    assert (packed.data, packed.path) == (PARQUET, None)
    given(monkeypatch, PARQUET)
    (piped,) = open_contents("-")
    assert (piped.data, piped.path) == (PARQUET, None)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_read_once(tmp_path):
    import threading

    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(PARQUET,))
    writer.start()
    (content,) = open_contents(tmp_path / "pipe")
    writer.join()
    assert (content.data, content.path) == (PARQUET, None)
