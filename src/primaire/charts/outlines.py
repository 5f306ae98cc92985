"""Shapes that Vega draws and Vega-Lite does not: a specification of the one, made of one of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from primaire.charts.vector import vl_version
from primaire.extras import library

if TYPE_CHECKING:
    from collections.abc import Sequence

_OUTLINES: Final = "outlines"


def with_outlines(spec: dict[str, Any], outlines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a specification in Vega of one in Vega-Lite, with SVG paths below all its marks.

    ``outlines`` have a ``path``, and as much of ``fill``, ``fillOpacity``, ``stroke``, ``strokeDash`` and ``description``
    as is wanted.
    """
    made: dict[str, Any] = library("vl_convert").vegalite_to_vega(spec, vl_version=vl_version(spec))
    fields = dict.fromkeys(field for outline in outlines for field in outline)
    mark = {
        "type": "path",
        "from": {"data": _OUTLINES},
        "encode": {"enter": {field: {"field": field} for field in fields}},
    }
    return {
        **made,
        "data": [{"name": _OUTLINES, "values": list(outlines)}, *made.get("data", ())],
        "marks": [mark, *made.get("marks", ())],
    }
