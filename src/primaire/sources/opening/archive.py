"""Packed bytes unpacked: gzip, bzip2, Zstandard and zip, told by their first bytes whatever the file is called.

Unpacking stops as soon as more comes out than any results file holds, so that a few bytes cannot fill the memory.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from primaire.errors import SourceError
from primaire.matching import fold
from primaire.messages import msg

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEEPEST: Final = 3
"""How many packings may lie inside each other."""

MOST_IN_ALL: Final = 16 * 2**30
MOST_UNASKED: Final = 2**30
MOST_TIMES: Final = 200
"""A source may unpack to 1 GiB, or to 200 times its size where that is more, and never to more than 16 GiB. Tables of
counts pack 5 to 30 times, the emptiest of them 100 times."""

_CHUNK: Final = 2**20
_ENDINGS: Final = (".gz", ".bz2", ".zst", ".zstd", ".zip")
_DOCUMENTS: Final = (
    ".doc",
    ".docx",
    ".htm",
    ".html",
    ".md",
    ".odt",
    ".pdf",
    ".rtf",
    ".gif",
    ".jpeg",
    ".jpg",
    ".png",
    ".svg",
)
_ABOUT: Final = ("readme", "read me", "lisez moi", "lisezmoi", "license", "licence", "copying")
_OFFICE: Final = {
    "[Content_Types].xml": (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/"),
    "mimetype": (b"mimetypeapplication/vnd.oasis.opendocument",),
}
"""The member that marks an archive as an office document, and how the first path in such an archive may begin."""
_DAMAGED: Final = (EOFError, OSError, lzma.LZMAError, zlib.error, zstd.ZstdError, zipfile.BadZipFile)


@dataclass(frozen=True)
class Unpacked:
    """One file that came out: what it is called, its bytes, and what it was packed in ("zip: member.csv.gz, gzip").

    ``packing`` is None for a file that was not packed; ``member`` is its path inside the outermost zip archive.
    """

    file: str
    data: bytes
    packing: str | None = None
    member: str | None = None


def unpack(name: str, file: str, data: bytes) -> tuple[list[Unpacked], list[str]]:
    """Return the files that packed bytes hold, and the paths of those left out because they are surely no data.

    Args:
        name: the source as the user named it, for messages.
        file: what the file is called; an ending such as ``.gz`` is taken off where the bytes are packed so.
        data: bytes of any kind; what is not packed comes back as it is. Spreadsheets are not taken apart.

    Raises:
        SourceError: the bytes are damaged, cut short, locked by a password, packed more than :data:`DEEPEST` times, or
            unpack to more than any results file holds.
    """
    work = _Work(name, limit_of(len(data)), [])
    return list(work.open(Unpacked(file, data), DEEPEST)), work.left_out


def limit_of(size: int) -> int:
    """Return how many bytes a source of ``size`` bytes may unpack to."""
    return min(MOST_IN_ALL, max(MOST_UNASKED, MOST_TIMES * size))


def packing_of(data: bytes) -> str | None:
    """Return what bytes are packed with: ``gzip``, ``bzip2``, ``zstd`` or ``zip``; None where they are not.

    Office documents (xlsx, ods, docx) are zip archives too, but count as not packed.

    >>> packing_of(gzip.compress(b"a"))
    'gzip'
    """
    if data.startswith(b"\x1f\x8b"):
        return "gzip"
    if data.startswith(b"\x28\xb5\x2f\xfd"):
        return "zstd"
    if data.startswith(b"BZh") and data[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return "bzip2"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None if _OFFICE.keys() & set(member_names(data)) else "zip"
    return None


def member_names(data: bytes) -> list[str]:
    """Return the paths inside a zip archive; of a damaged one, the mark of an office document if it begins like one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except zipfile.BadZipFile:
        first = data[30:94]  # the first member's path stands right after its header of 30 bytes
        return next(([mark] for mark, paths in _OFFICE.items() if first.startswith(paths)), [])


def may_hold_data(path: str) -> bool:
    """Return whether a file may be data, by its path: not hidden, no document, no picture, no note about the data.

    >>> [may_hold_data(path) for path in ("a/tour1.txt", "lisez-moi.txt", "note.pdf", "__MACOSX/._tour1.txt")]
    [True, False, False, False]
    """
    parts = PurePosixPath(path).parts
    if not parts or any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return False
    file = PurePosixPath(parts[-1])
    return file.suffix.lower() not in _DOCUMENTS and not fold(file.stem).startswith(_ABOUT)


@dataclass
class _Work:
    """The unpacking of one source: how much may still come out, and what was left out."""

    name: str
    left: int
    left_out: list[str]

    def open(self, packed: Unpacked, depth: int) -> Iterator[Unpacked]:
        packing = packing_of(packed.data)
        if packing is None:
            yield packed
            return
        if depth == 0:
            raise SourceError(
                msg("“{name}” is packed more than {most} times over.", name=self.place(packed), most=DEEPEST),
                remedy=msg("Unpack it, and name the files in it."),
            )
        for inner in self.members(packed) if packing == "zip" else self.stream(packed, packing):
            yield from self.open(inner, depth - 1)

    def stream(self, packed: Unpacked, packing: str) -> Iterator[Unpacked]:
        try:
            with _STREAMS[packing](io.BytesIO(packed.data)) as stream:
                data = self.drain(stream)
        except _DAMAGED as error:
            raise self.damaged(packed, packing, error) from error
        yield Unpacked(_without_ending(packed.file), data, _joined(packed.packing, packing), packed.member)

    def members(self, packed: Unpacked) -> Iterator[Unpacked]:
        place = packed
        try:
            with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
                for info in archive.infolist():
                    if info.is_dir():
                        continue
                    if not may_hold_data(info.filename):
                        self.left_out.append(info.filename)
                        continue
                    file = PurePosixPath(info.filename).name
                    packing = _joined(packed.packing, f"zip: {info.filename}")
                    place = Unpacked(file, b"", packing, packed.member or info.filename)
                    if info.flag_bits & 1:
                        raise self.locked(place)
                    with archive.open(info) as stream:
                        yield Unpacked(file, self.drain(stream), packing, place.member)
        except _DAMAGED as error:
            raise self.damaged(place, "zip", error) from error
        except NotImplementedError as error:
            raise SourceError(
                msg(
                    "“{name}” is packed in a way that cannot be read: {reason}.",
                    name=self.place(place),
                    reason=str(error),
                ),
                remedy=msg("Unpack it, and name the files in it."),
            ) from error

    def drain(self, stream: IO[bytes] | io.BufferedIOBase) -> bytes:
        """Return all of a stream, or stop once more came out than may."""
        unpacked = io.BytesIO()
        while chunk := stream.read(_CHUNK):
            self.left -= len(chunk)
            if self.left < 0:
                raise bomb(self.name)
            unpacked.write(chunk)
        return unpacked.getvalue()

    def place(self, packed: Unpacked) -> str:
        return f"{self.name}/{packed.member}" if packed.member else self.name

    def damaged(self, packed: Unpacked, packing: str, error: Exception) -> SourceError:
        kind = msg("a zip archive") if packing == "zip" else msg("packed with {packing}", packing=packing)
        return SourceError(
            msg("“{name}” is {kind}, and damaged or cut short.", name=self.place(packed), kind=kind),
            expected=msg("Unpacking stopped with: {reason}.", reason=str(error) or type(error).__name__),
            remedy=msg("Download or copy it again."),
        )

    def locked(self, packed: Unpacked) -> SourceError:
        return SourceError(
            msg("“{name}” is locked by a password.", name=self.place(packed)),
            remedy=msg("Unpack it, and name the files in it."),
        )


def bomb(name: str) -> SourceError:
    """Return the refusal of a source that unpacks to more than any results file holds."""
    return SourceError(
        msg("“{name}” unpacks to far more than results of an election hold.", name=name),
        expected=msg(
            "At most {plain:count} MiB are unpacked, or {times} times the size of the file, and never more than {most:count} MiB.",
            plain=MOST_UNASKED // 2**20,
            times=MOST_TIMES,
            most=MOST_IN_ALL // 2**20,
        ),
        remedy=msg("If you trust it, unpack it, and name the files in it."),
    )


def _without_ending(file: str) -> str:
    path = PurePosixPath(file)
    return path.stem if path.suffix.lower() in _ENDINGS else file


def _joined(outer: str | None, inner: str) -> str:
    return f"{outer}, {inner}" if outer else inner


_STREAMS: Final[dict[str, Callable[[io.BytesIO], io.BufferedIOBase]]] = {
    "gzip": lambda packed: gzip.GzipFile(fileobj=packed),
    "bzip2": bz2.BZ2File,
    "zstd": zstd.ZstdFile,
}
