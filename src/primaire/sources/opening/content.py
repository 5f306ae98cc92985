"""The bytes of a source, wherever they are: files, folders, archives, standard input, or a data set that ships."""

from __future__ import annotations

import mmap as memory_mapping
import os
import sys
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import file_digest, sha256
from mmap import ACCESS_READ, mmap
from pathlib import Path
from threading import Thread
from typing import Final

from primaire.errors import SourceError
from primaire.messages import Message, msg
from primaire.suggestion import did_you_mean

DATASETS: Final = {
    "conflans": "conflans_results.csv",
    "national": "primaire_2017_national.csv",
    "yvelines": "primaire_2017_yvelines.csv",
    "publications": "primaire_2017_publications.csv",
}
"""The data sets that ship, by name. They are the files of ``data/``, each described in ``data/README.md``."""

DEFAULT: Final = "conflans"


PARQUET: Final = b"PAR1"
"""How a Parquet file begins."""


MAPPED_ABOVE: Final = 4 << 20
"""The size in bytes above which a file is mapped into memory."""

_PIECE: Final = 1 << 20
"""Bytes hashed at once."""

Data = bytes | mmap


@dataclass(frozen=True)
class Given:
    """The bytes as the user gave them, where others were unpacked from them: sha256 in hexadecimal, and size."""

    digest: str
    size: int


@dataclass(frozen=True)
class Content:
    """What a source holds.

    Attributes:
        name: the name the user gave; where it holds several files (a folder, an archive), their path follows.
        title: for defaults: the file's name without its ending.
        data: the bytes, unpacked; a large file that is not packed is mapped into memory, and read where it is looked at. Of a Parquet file on disk only the first four: it is read by columns, from ``path``.
        packing: what the bytes were unpacked from: ``gzip``, ``zip: member.csv``, ``zip: member.csv.gz, gzip``.
        given: what stood there before unpacking; None where ``data`` is just that.
        path: the Parquet file on disk.
        remarks: what was left out, in words.
    """

    name: str
    title: str
    data: Data
    packing: str | None = None
    given: Given | None = None
    path: Path | None = None
    remarks: tuple[Message, ...] = ()

    @cached_property
    def _hashing(self) -> _Hashing:
        return _Hashing(self.data)

    def will_be_read(self) -> None:
        """Begin with the digest of a mapped file, aside: for a country it takes a tenth of the time that reading does."""
        if isinstance(self.data, mmap):
            self._hashing.start()

    @cached_property
    def digest(self) -> str:
        """The sha256 of the bytes as the user gave them, in hexadecimal."""
        if self.given:
            return self.given.digest
        if self.path:
            with self.path.open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
        return self._hashing.digest()

    @property
    def plain(self) -> bytes:
        """All of the data, in memory."""
        return self.data if isinstance(self.data, bytes) else self.data[:]

    @property
    def size(self) -> int:
        """The number of bytes as the user gave them."""
        if self.given:
            return self.given.size
        return self.path.stat().st_size if self.path else len(self.data)


class _Hashing(Thread):
    """The sha256 of bytes, computed in a thread of its own where it was started, else when it is asked for."""

    def __init__(self, data: Data) -> None:
        super().__init__(daemon=True)  # who interrupts a program need not wait for it
        self._data, self._seen = data, sha256()

    def run(self) -> None:
        """Hash in pieces: what was looked at of a mapped file need not stay in memory."""
        with memoryview(self._data) as whole:
            for at in range(0, len(whole), _PIECE):
                self._seen.update(whole[at : at + _PIECE])
                forget(self._data, at, _PIECE)

    def digest(self) -> str:
        """Return the hash in hexadecimal."""
        if self.ident is None:
            self.run()
        else:
            self.join()
        return self._seen.hexdigest()


def forget(data: Data, start: int = 0, size: int | None = None) -> None:
    """Let go of the pages of a mapped file that were looked at; they are read again where they are needed.

    Args:
        data: the file. start: where the pages begin, a multiple of their size. size: their bytes, by default to the end.
    """
    if isinstance(data, mmap) and hasattr(data, "madvise"):  # Windows has no such call
        data.madvise(memory_mapping.MADV_DONTNEED, start, len(data) - start if size is None else size)


def dataset_path(name: str) -> Path:
    """Return the path of a data set that ships: inside the package where it is installed, else in the checkout."""
    package = Path(__file__).parents[2]
    installed = package / "data"
    return (installed if installed.is_dir() else package.parents[1] / "data") / DATASETS[name]


def open_contents(source: str | Path) -> list[Content]:
    """Return all that a source holds, unpacked: one content, or several of an archive or a folder, sorted by name.

    What is packed is told by its first bytes (:mod:`primaire.sources.opening.archive`), also from standard input. Of archives
    and folders, what is surely no data (hidden files, documents, pictures) is left out, and a remark on the first
    content names it; folders inside a folder are not entered.

    Args:
        source: as for :func:`open_content`, or a folder.

    Raises:
        SourceError: as :func:`open_content`; what is packed is damaged, locked, or too large unpacked; an archive or a
            folder holds no data, or one of its files is empty.
    """
    name = str(source)
    if not (isinstance(source, str) and source in DATASETS) and os.path.isdir(name):  # noqa: PTH112 (Path.is_dir raises for names that no file can have)
        return _folder(Path(name))
    return _unpacked(open_content(source), Path(name).name)


def _unpacked(content: Content, file: str) -> list[Content]:
    from primaire.sources.opening.archive import unpack

    if content.path or isinstance(content.data, mmap):
        return [content]
    members, left_out = unpack(content.name, file, content.data)
    if len(members) == 1 and members[0].packing is None:
        return [content]
    if not members:
        raise _nothing(content.name, left_out)
    given = Given(content.digest, content.size)
    contents = [
        _not_empty(
            Content(
                f"{content.name}/{member.member}" if len(members) > 1 else content.name,
                content.title if content.name == "-" and not member.member else Path(member.file).stem,
                member.data,
                member.packing,
                given,
            )
        )
        for member in sorted(members, key=lambda member: member.member or "")
    ]
    return _remarked(contents, left_out)


def _folder(folder: Path) -> list[Content]:
    from primaire.sources.opening.archive import may_hold_data

    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise SourceError(
            msg("“{name}” cannot be read: {reason}.", name=str(folder), reason=error.strerror or str(error))
        ) from error
    files = [entry for entry in entries if entry.is_file() and may_hold_data(entry.name)]
    left_out = [entry.name for entry in entries if entry not in files]
    if not files:
        raise _nothing(str(folder), left_out)
    contents = [content for file in files for content in _unpacked(_open_file(str(file)), file.name)]
    return _remarked(contents, left_out)


def _remarked(contents: list[Content], left_out: list[str]) -> list[Content]:
    if not left_out:
        return contents
    remark = msg("left out, being no data: {names}", names=left_out)
    return [replace(contents[0], remarks=(*contents[0].remarks, remark)), *contents[1:]]


def _nothing(name: str, left_out: list[str]) -> SourceError:
    return SourceError(
        msg("“{name}” holds no file of data.", name=name),
        expected=msg("It holds: {names}.", names=left_out) if left_out else None,
        remedy=msg("Name a file of results, or a folder or an archive of such files."),
    )


def open_content(source: str | Path) -> Content:
    """Return what a source holds, as it stands there: nothing is unpacked.

    Args:
        source: the name of a data set that ships, ``-`` for standard input, or a path. A data set's name wins over a
            file of the same name; write ``./national`` for the file.

    Raises:
        SourceError: there is no such file, it is a directory, it may not be read, or it is empty.
    """
    name = str(source)
    if isinstance(source, str) and source in DATASETS:
        return Content(name, DATASETS[source].removesuffix(".csv"), dataset_path(source).read_bytes())
    if name == "-":
        return _not_empty(Content("-", "standard input", sys.stdin.buffer.read()))
    if not name.strip():
        raise SourceError(
            msg("A source has no name."), remedy=msg("Name a file, “-” for standard input, or a data set.")
        )
    return _open_file(name)


def _open_file(name: str) -> Content:
    path = Path(name)
    try:
        data = _read(path)
        on_disk = path if data == PARQUET else None
        return _not_empty(Content(name, path.stem, data, path=on_disk))
    except FileNotFoundError:
        raise SourceError(
            msg("There is no file “{name}”, and no data set of that name.", name=name),
            expected=msg("The data sets that ship are: {datasets}.", datasets=list(DATASETS)),
            remedy=did_you_mean(name, _neighbours(path)),
        ) from None
    except IsADirectoryError:
        raise _directory(name) from None
    except PermissionError:
        # Windows answers so for a directory.
        raise (
            _directory(name)
            if path.is_dir()
            else SourceError(msg("“{name}” may not be read: permission denied.", name=name))
        ) from None
    except (OSError, ValueError) as error:
        raise SourceError(msg("“{name}” cannot be read: {reason}.", name=name, reason=str(error))) from error


def _is_delimited(begins: bytes) -> bool:
    """Tell whether a file that begins so may be delimited text, rather than packed, binary, XML or JSON."""
    return (
        b"\0" not in begins
        and begins[:1].isascii()
        and not begins.lstrip().startswith((b"PK", b"BZ", b"<", b"{", b"["))
    )


def _read(path: Path) -> Data:
    with path.open("rb") as file:
        # Parquet is read from the disk by columns; a pipe could not be opened twice.
        if file.peek(len(PARQUET))[: len(PARQUET)] == PARQUET and path.is_file():
            return PARQUET
        if path.is_file() and path.stat().st_size > MAPPED_ABOVE and _is_delimited(file.peek(64)[:64]):
            return mmap(file.fileno(), 0, access=ACCESS_READ)
        return file.read()


def _not_empty(content: Content) -> Content:
    if isinstance(content.data, mmap) or (content.data and not content.data.isspace()):
        return content
    raise SourceError(
        msg("“{name}” is empty.", name=content.name),
        expected=msg("A source has a header and at least one row."),
        remedy=msg("“primaire template” prints a file to start from."),
    )


def _directory(name: str) -> SourceError:
    return SourceError(
        msg("“{name}” is a directory.", name=name),
        expected=msg("A source is a file, “-” for standard input, or the name of a data set."),
        remedy=msg("Name the files in it; several files are read as one data set."),
    )


def _neighbours(path: Path) -> list[str]:
    try:
        beside = [
            str(path.parent / other.name) if path.parent != Path() else other.name for other in path.parent.iterdir()
        ]
    except OSError:
        beside = []
    return [*DATASETS, *beside]
