"""From a file to outlines: what it is, how it is encoded, and what it holds, or why it cannot be used."""

from __future__ import annotations

import gc
import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from primaire.errors import SourceError
from primaire.extras import library
from primaire.messages import Message, msg, msgn
from primaire.provenance import SourceFile
from primaire.schema import shortened
from primaire.shapes.building import built
from primaire.shapes.geojson import TYPES, shapes_of
from primaire.shapes.outlines import Outlines, Shape, columns_of, without_area
from primaire.shapes.positions import System, asked_for, in_degrees, system_of
from primaire.shapes.strangers import refuse_stranger
from primaire.shapes.topojson import layers_of
from primaire.sources.opening.content import open_contents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.sources.opening.content import Content

EXPECTED: Final = msg("A file of shapes is GeoJSON or TopoJSON: areas with the codes of their places.")

_MISSHAPEN: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""What reading raises of JSON that does not say what its format promises."""


def read_shapes(source: str | Path, crs: str | None = None) -> tuple[Outlines, ...]:
    """Read the outlines of places.

    Args:
        source: a file of GeoJSON, of one feature per line, or of TopoJSON, packed or not; ``-`` for standard input.
        crs: the system that its positions are in, as ``EPSG:2154``, whatever the file says; by default what the file
            says, and degrees of longitude and latitude if it says nothing.

    Returns:
        one for each layer: GeoJSON has a single one. Geometries that are not valid are mended, rings that are not closed
        are closed, and a third coordinate is left out.

    Raises:
        SourceError: there is no such file, it is something else, it is damaged, it has no areas, or it is not in degrees
            and nobody says in what.
        NameUnknownError: there is no such system.
        NotHeldError: the positions are not in that system.
        ExtraMissingError: the libraries of the extra ``charts`` are not installed.
    """
    for name in ("shapely", "pyproj"):
        library(name)
    asked = None if crs is None else asked_for(crs)
    with _uncollected():
        return _read(str(source), asked)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: among millions of positions there is none, and looking takes most of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _read(source: str, asked: str | None) -> tuple[Outlines, ...]:
    content = _only(source)
    refuse_stranger(content)
    text, encoding = _decoded(content.plain)
    document = _document(content.name, text)
    layers = _layers(content.name, document)
    file = SourceFile(
        name=content.name,
        sha256=content.digest,
        size=content.size,
        reader="TopoJSON" if document["type"] == "Topology" else "GeoJSON",
        encoding=encoding,
        rows=sum(map(len, layers.values())),
        packing=content.packing,
    )
    several = len(layers) > 1
    system = system_of(document.get("crs"), content.name, asked)
    found = [_outlines(file, name if several else None, shapes, system) for name, shapes in layers.items() if shapes]
    held = tuple(each for each in found if each.drawn.any())
    if not held:
        raise _nothing(content.name, layers)
    return held


def _only(name: str) -> Content:
    _refuse_nothing(name)
    contents = open_contents(name)
    if len(contents) > 1:
        raise SourceError(
            msg("“{name}” holds several files: {names}.", name=name, names=shortened([one.name for one in contents])),
            expected=EXPECTED,
            remedy=msg("Name one of them."),
        )
    return contents[0]


def _refuse_nothing(name: str) -> None:
    """Refuse a file that is not there or is empty, as a file of shapes: results are told otherwise."""
    path = Path(name)
    if name != "-" and not path.exists():
        raise SourceError(msg("There is no file “{name}”.", name=name), expected=EXPECTED)
    if path.is_file() and not path.stat().st_size:
        raise SourceError(
            msg("“{name}” is empty.", name=name), expected=EXPECTED, remedy=msg("Download or export it again.")
        )


def _decoded(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding: Unicode, else what older programs of Western Europe write."""
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding), encoding.removesuffix("-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"


def _document(name: str, text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except RecursionError:
        raise _no_shapes(name, msg("its JSON is nested too deeply")) from None
    except json.JSONDecodeError as error:
        lines = _of_lines(text)
        if lines is not None:
            return {"type": "FeatureCollection", "features": lines}
        raise SourceError(
            msg(
                "“{name}” is not JSON, or is cut short: line {line}, character {column}: {reason}.",
                name=name,
                line=error.lineno,
                column=error.colno,
                reason=error.msg,
            ),
            expected=EXPECTED,
            remedy=msg("Download or export it again."),
        ) from None
    if not isinstance(document, dict):
        raise _no_shapes(name, msg("it is JSON, but a list or a single value"))
    kind = document.get("type")
    if kind != "Topology" and kind not in TYPES:
        keys = shortened([str(key) for key in document])
        raise _no_shapes(name, msg("it is JSON, but its keys are {keys}", keys=keys))
    return document


def _of_lines(text: str) -> list[dict[str, Any]] | None:
    """Return the features of a file with one on each line (GeoJSON Text Sequences, RFC 8142, too); None of any other."""
    lines = [line.strip("\x1e \t\r") for line in text.split("\n")]
    try:
        features = [json.loads(line) for line in lines if line]
    except (json.JSONDecodeError, RecursionError):
        return None
    kinds = {feature.get("type") if isinstance(feature, dict) else None for feature in features}
    return features if kinds == {"Feature"} else None


def _layers(name: str, document: dict[str, Any]) -> dict[str | None, list[Shape]]:
    topology = document["type"] == "Topology"
    try:
        return dict(layers_of(document).items()) if topology else {None: shapes_of(document)}
    except _MISSHAPEN as error:
        raise SourceError(
            msg(
                "“{name}” is {kind}, but not as that format is defined: {reason}.",
                name=name,
                kind="TopoJSON" if topology else "GeoJSON",
                reason=_said(error),
            ),
            expected=EXPECTED,
            remedy=msg("Export it again."),
        ) from None


def _said(error: BaseException) -> Message:
    if isinstance(error, KeyError):
        return msg("“{key}” is missing somewhere", key=error.args[0])
    if isinstance(error, IndexError):
        return msg("a shape names a line that is not there")
    return msg("{reason}", reason=str(error))


def _outlines(file: SourceFile, layer: str | None, shapes: list[Shape], system: System | None) -> Outlines:
    geometry, mended = built(shapes, file.name)
    geometry, told = in_degrees(geometry, system, file.name)
    drawn = np.array([each is not None for each in geometry], dtype="bool")
    remarks = [*without_area(shapes, drawn)]
    if mended:
        remarks.append(
            msgn(
                "{n:count} outline crossed itself and was mended",
                "{n:count} outlines crossed themselves and were mended",
                mended,
            )
        )
    remarks += told
    if file.encoding == "cp1252":
        remarks.append(msg("it is not in UTF-8, as JSON is to be: read as cp1252"))
    return Outlines(file, layer, columns_of(shapes), geometry, tuple(remarks))


def _no_shapes(name: str, what: Message) -> SourceError:
    return SourceError(
        msg("“{name}” is no file of shapes: {what}.", name=name, what=what),
        expected=EXPECTED,
        remedy=msg("Name a file that ends in .geojson or .topojson."),
    )


def _nothing(name: str, layers: dict[str | None, list[Shape]]) -> SourceError:
    shapes = [shape for each in layers.values() for shape in each]
    if not shapes:
        return _no_shapes(name, msg("it has no features"))
    kinds = sorted({shape.kind or "null" for shape in shapes})
    return _no_shapes(
        name, msg("it has {n:count} features, and none is an area: they are {kinds}", n=len(shapes), kinds=kinds)
    )
