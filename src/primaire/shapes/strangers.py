"""Files that are often taken for GeoJSON: told by their first bytes, and named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from primaire.errors import SourceError
from primaire.messages import msg

if TYPE_CHECKING:
    from primaire.sources.opening.content import Content

_EXPORT: Final = msg(
    "Export it as GeoJSON, in degrees (WGS 84), with a program for maps such as QGIS, and name that file."
)

_KINDS: Final = (
    (rb"\x00\x00\x27\x0a", msg("a shapefile"), _EXPORT),
    (rb"SQLite format 3", msg("a GeoPackage or another database"), _EXPORT),
    (rb"fgb\x03", msg("FlatGeobuf"), _EXPORT),
    (rb"PAR1", msg("Parquet"), _EXPORT),
    (rb"(?is)\s*(<\?xml.*)?<(kml|gml|wfs|\w+:FeatureCollection)\b", msg("KML or GML"), _EXPORT),
    (rb"(?is)\s*(<\?xml.*)?<svg\b", msg("a picture (SVG)"), _EXPORT),
    (rb"(?is)\s*(<!--.*?-->\s*)*<(!doctype\s+)?(html|head|body)\b", msg("a web page (HTML)"), msg("Download the file itself, not the page that shows it.")),
    (rb"version https://git-lfs", msg("a pointer to a large file, not the file"), msg("Download the file itself.")),
    (rb"PK\x03\x04", msg("an archive or a workbook"), msg("Unpack it, and name the file of shapes in it.")),
    (rb"(?s)[^\[{<\"]{0,400}[;,\t]", msg("a table"), msg("Name the results first, and after --shapes the outlines of their places.")),
)  # fmt: skip


def refuse_stranger(content: Content) -> None:
    """Refuse what is surely no GeoJSON. Raises SourceError."""
    begins = bytes(content.data[:1024]).removeprefix(b"\xef\xbb\xbf")
    for pattern, kind, remedy in _KINDS:
        if re.match(pattern, begins):
            raise SourceError(
                msg("“{name}” is no file of shapes: it is {kind}.", name=content.name, kind=kind),
                expected=msg("A file of shapes is GeoJSON or TopoJSON: areas with the codes of their places."),
                remedy=remedy,
            )
