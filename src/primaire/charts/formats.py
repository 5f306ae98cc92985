"""The formats of pictures: their names, their file extensions, and how each is written."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING

from primaire.charts.inks import PAPER
from primaire.charts.vector import adaptive, inline, settled, style_sheet, svg
from primaire.errors import NameUnknownError
from primaire.extras import library
from primaire.messages import msg
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from primaire.charts.picture import Picture

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SHARPNESS = 2
"""A picture of 600 pixels has 1,200 as png: sharp on a telephone's display, and 10 cm wide in print at 300 dpi."""


@dataclass(frozen=True)
class PictureFormat:
    """One way to write a picture.

    Attributes:
        name: as the user says it.
        extension: the file extension that stands for it, with the dot.
        binary: whether the bytes are something else than UTF-8 text.
        adapts: whether a reader's program can choose between light and dark.
        draw: what writes a picture.
    """

    name: str
    extension: str
    binary: bool
    adapts: bool
    draw: Callable[[Picture], bytes]


def _svg(picture: Picture) -> bytes:
    return f"{svg(picture)}\n".encode()


def _png(picture: Picture) -> bytes:
    drawn: bytes = library("vl_convert").svg_to_png(settled(inline(picture)), scale=_SHARPNESS)
    return _packed(drawn)


def _packed(drawn: bytes) -> bytes:
    """Return a png a quarter as large: the same pixels, compressed with more patience than those who drew them had."""
    chunks, at = [], len(_SIGNATURE)
    while at < len(drawn):
        (length,) = struct.unpack_from(">I", drawn, at)
        chunks.append((drawn[at + 4 : at + 8], drawn[at + 8 : at + 8 + length]))
        at += 12 + length
    pixels = zlib.compress(zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT")), 6)
    before = [chunk for chunk in chunks if chunk[0] not in (b"IDAT", b"IEND")]
    return _SIGNATURE + b"".join(map(_chunk, (*before, (b"IDAT", pixels), (b"IEND", b""))))


def _chunk(chunk: tuple[bytes, bytes]) -> bytes:
    kind, data = chunk
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pdf(picture: Picture) -> bytes:
    drawn: bytes = library("vl_convert").svg_to_pdf(settled(inline(picture)))
    return drawn


def _json(picture: Picture) -> bytes:
    return f"{json.dumps(picture.spec, ensure_ascii=False, indent=1)}\n".encode()


def _html(picture: Picture) -> bytes:
    """Return a page that holds the picture and nothing else: no script, and no request leaves it."""
    from base64 import b64encode
    from hashlib import sha256

    bare, inks = adaptive(inline(picture))
    ground = picture.spec.get("background", PAPER.light)  # of both themes, it is CSS as it stands
    style = (
        f"{style_sheet(inks)}:root{{color-scheme:{'light dark' if inks else 'normal'}}}body{{margin:0;background:{ground}}}"
        "svg{display:block;width:100%;max-width:60rem;height:auto;margin:0 auto}"
        "h1{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}"  # read aloud, not shown
    )
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(picture.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(picture.title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(picture.title)}</h1>\n{bare}\n</main>\n</body>\n</html>\n"
    ).encode()


FORMATS = {
    entry.name: entry
    for entry in (
        PictureFormat("svg", ".svg", binary=False, adapts=True, draw=_svg),
        PictureFormat("png", ".png", binary=True, adapts=False, draw=_png),
        PictureFormat("pdf", ".pdf", binary=True, adapts=False, draw=_pdf),
        PictureFormat("html", ".html", binary=False, adapts=True, draw=_html),
        PictureFormat("json", ".json", binary=False, adapts=False, draw=_json),
    )
}
"""Every format of a picture by its name."""


def find(name: str) -> PictureFormat:
    """Return the format of a name. Raises NameUnknownError where there is none, with those that exist."""
    if name in FORMATS:
        return FORMATS[name]
    raise NameUnknownError(
        msg("There is no picture format “{name}”.", name=name),
        expected=msg("The formats of pictures are: {names}.", names=list(FORMATS)),
        remedy=did_you_mean(name, FORMATS),
    )


def format_for(path: str | PurePath) -> PictureFormat:
    """Return the format that a file's extension stands for. Raises NameUnknownError for any other, or none.

    >>> format_for("results.SVG").name
    'svg'
    """
    suffix = PurePath(path).suffix.lower()
    found = next((entry for entry in FORMATS.values() if entry.extension == suffix), None)
    if found is None:
        raise NameUnknownError(
            msg("The name “{path}” does not tell the format of a picture.", path=str(path)),
            expected=msg("The extensions known are: {extensions}.", extensions=[e.extension for e in FORMATS.values()]),
            remedy=msg("Use one of them, or name the format with --format."),
        )
    return found
