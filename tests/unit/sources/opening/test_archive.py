"""Packed bytes: what comes out, under which name, and what is refused."""

from __future__ import annotations

import bz2
import gzip
import io
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from primaire.errors import SourceError
from primaire.sources.opening import archive
from primaire.sources.opening.archive import Unpacked, limit_of, may_hold_data, packing_of, unpack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable

CSV = b"candidate,votes\nA,1\n"
PACKERS: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "bzip2": bz2.compress, "zstd": zstd.compress}
ENDINGS = {"gzip": ".gz", "bzip2": ".bz2", "zstd": ".zst"}

each_stream = pytest.mark.parametrize("packing", PACKERS)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return file.getvalue()


def locked() -> bytes:
    """A zip archive whose one member says that it is encrypted (bit 0 of its flags, in both of its headers)."""
    data = bytearray(zipped({"a.csv": CSV}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize("data", [CSV, b"", b"BZh, a candidate", b"PK;voix\n", b"\x1f", b"BZ"])
def test_what_is_not_packed_comes_back_as_it_is(data):
    assert unpack("a.csv.gz", "a.csv.gz", data) == ([Unpacked("a.csv.gz", data)], [])


@each_stream
def test_a_stream_is_told_by_its_first_bytes_and_loses_its_ending(packing):
    packed = PACKERS[packing](CSV)
    assert packing_of(packed) == packing
    ((found,), _) = unpack("a", f"a.csv{ENDINGS[packing]}", packed)
    assert found == Unpacked("a.csv", CSV, packing)
    ((named_otherwise,), _) = unpack("a", "a.csv", packed)
    assert named_otherwise.file == "a.csv"


@each_stream
def test_nothing_can_be_packed(packing):
    assert [found.data for found in unpack("a", "a", PACKERS[packing](b""))[0]] == [b""]


@each_stream
def test_several_streams_one_after_the_other_are_one(packing):
    pack = PACKERS[packing]
    assert [found.data for found in unpack("a", "a", pack(b"a;") + pack(b"b\n"))[0]] == [b"a;b\n"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_member_of_an_archive_comes_out(method):
    members, left_out = unpack("r.zip", "r.zip", zipped({"t1.csv": CSV, "d/t2.txt": b"x"}, method))
    assert members == [
        Unpacked("t1.csv", CSV, "zip: t1.csv", "t1.csv"),
        Unpacked("t2.txt", b"x", "zip: d/t2.txt", "d/t2.txt"),
    ]
    assert left_out == []


def test_what_is_surely_no_data_is_left_out_and_named():
    no_data = ["__MACOSX/._t1.csv", ".DS_Store", "Lisez-moi.txt", "README.md", "note.PDF", "logo.png"]
    members, left_out = unpack("r.zip", "r.zip", zipped({**dict.fromkeys(no_data, b"?"), "t1.csv": CSV, "empty/": b""}))
    assert [member.file for member in members] == ["t1.csv"]
    assert left_out == no_data


@pytest.mark.parametrize("path", ["a.csv", "a.txt", "dir/a", "a.xlsx", "listes.txt", "2017.xml", "régions.csv.gz"])
def test_data_may_be_called_anything(path):
    assert may_hold_data(path)


def test_packings_lie_inside_each_other_three_deep():
    data = zipped({"in/r.zip": zipped({"t1.csv.gz": gzip.compress(CSV)})})
    ((found,), _) = unpack("r.zip", "r.zip", data)
    assert found == Unpacked("t1.csv", CSV, "zip: in/r.zip, zip: t1.csv.gz, gzip", "in/r.zip")
    with pytest.raises(SourceError, match=r"r\.zip/out\.zip” is packed more than 3 times over"):
        unpack("r.zip", "r.zip", zipped({"out.zip": data}))


def test_documents_of_office_programs_are_not_taken_apart():
    ods = b"application/vnd.oasis.opendocument.spreadsheet"
    for first in ({"[Content_Types].xml": b""}, {"mimetype": ods}):
        data = zipped({**first, "content.xml": CSV}, zipfile.ZIP_STORED)
        assert packing_of(data) is None
        assert packing_of(data[:-30]) is None, "nor when they are cut short"


@each_stream
def test_a_stream_that_is_cut_short_is_refused(packing):
    packed = PACKERS[packing](bytes(range(256)) * 40)
    with pytest.raises(SourceError, match=rf"a\.csv” is packed with {packing}, and damaged") as refused:
        unpack("a.csv", "a.csv", packed[:-9])
    assert "again" in str(refused.value.remedy)


@pytest.mark.parametrize("packing", ["gzip", "bzip2"])  # zstd.compress writes no checksum
def test_a_stream_with_a_wrong_byte_is_refused(packing):
    packed = bytearray(PACKERS[packing](bytes(range(256)) * 40))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(SourceError, match="damaged"):
        unpack("a", "a", bytes(packed))


def test_a_damaged_archive_is_refused_with_its_member():
    data = zipped({"t1.csv": CSV, "t2.csv": b"candidate,votes\nZ,9\n"}, zipfile.ZIP_STORED)
    with pytest.raises(SourceError, match=r"“r\.zip/t2\.csv” is a zip archive, and damaged"):
        unpack("r.zip", "r.zip", data.replace(b"Z,9", b"Z,8"))
    with pytest.raises(SourceError, match=r"“r\.zip” is a zip archive, and damaged"):
        unpack("r.zip", "r.zip", data[:-10])


def test_an_archive_with_a_password_is_refused():
    with pytest.raises(SourceError, match=r"“r\.zip/a\.csv” is locked by a password"):
        unpack("r.zip", "r.zip", locked())


def test_a_way_of_packing_that_is_not_known_is_refused():
    data = bytearray(zipped({"a.csv": CSV}))
    data[8] = data[data.index(b"PK\x01\x02") + 10] = 99  # AES, which the standard library does not read
    with pytest.raises(SourceError, match=r"packed in a way that cannot be read"):
        unpack("r.zip", "r.zip", bytes(data))


@pytest.mark.parametrize(
    ("size", "limit"),
    [
        (0, 2**30),
        (5_368_709, 200 * 5_368_709),  # 2**30 / 200 = 5,368,709.12: the last size for which 1 GiB is more ...
        (5_368_710, 200 * 5_368_710),  # ... and the first for which it is less
        (2**30, 16 * 2**30),
    ],
)
def test_the_limit_grows_with_the_file_and_ends(size, limit):
    assert limit_of(size) == max(limit, 2**30)


@pytest.mark.parametrize("pack", [*PACKERS.values(), lambda data: zipped({"a.csv": data})])
def test_a_bomb_is_refused_before_the_memory_is_full(monkeypatch, pack):
    monkeypatch.setattr(archive, "MOST_UNASKED", 3 * 2**20)
    monkeypatch.setattr(archive, "MOST_TIMES", 5)
    packed = pack(bytes(64 * 2**20))
    written: list[int] = []
    monkeypatch.setattr(io, "BytesIO", _counting(written))
    with pytest.raises(SourceError, match="far more than results") as refused:
        unpack("bomb", "bomb", packed)
    assert "3 MiB" in str(refused.value.expected)
    assert "5 times" in str(refused.value.expected)
    assert sum(written) <= 3 * 2**20


def _counting(written: list[int]) -> type[io.BytesIO]:
    class Counting(io.BytesIO):
        def write(self, data):
            written.append(len(data))
            return super().write(data)

    return Counting


def test_members_share_one_limit(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNASKED", 100)
    monkeypatch.setattr(archive, "MOST_TIMES", 0)
    within = {"a.csv": b"a" * 50, "b.csv": b"b" * 50}
    assert len(unpack("r.zip", "r.zip", zipped(within))[0]) == 2
    with pytest.raises(SourceError, match="far more"):
        unpack("r.zip", "r.zip", zipped({**within, "c.csv": b"c"}))
