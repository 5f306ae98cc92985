"""Pictures put into a page: their colours and ids made the page's own, and nothing in them that its policy forbids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from primaire.errors import ExtraMissingError, NotHeldError
from primaire.render.safe import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.render.language import Language

_SVG: Final = "http://www.w3.org/2000/svg"
_ELEMENTS: Final = re.compile(
    "svg|g|title|desc|defs|clipPath|linearGradient|stop|path|text|tspan|rect|circle|ellipse|line|polyline|polygon"
)
"""What pictures are made of: anything else is left out."""

_ATTRIBUTES: Final = re.compile("(?!on|style|href|aria-)[a-zA-Z][a-zA-Z0-9-]*")
"""What may be said of them: nothing that is a style, a link or a script, or is of another namespace."""

_BROAD, _NARROW = 600, 380
"""Pixels of a picture on a page, and on a phone."""

_HEAVY: Final = 300_000
"""Characters above which a picture stands on a page once."""

_LINK: Final = re.compile(r"url\(#([^)]*)\)")


class Drawings:
    """The pictures of one page.

    Args:
        language: in whose words they are drawn.
        missing: called once, with the error, if the libraries that draw are not installed: there are no pictures then.
    """

    def __init__(self, language: Language, missing: Callable[[ExtraMissingError], None] | None = None) -> None:
        self._inks: dict[str, tuple[str, str]] = {}
        self._language = language
        self._missing = missing
        self._number = 0
        self._able = True

    def figure(self, wanted: Callable[[Style], Picture] | None) -> Iterator[str]:
        """Yield the picture that something draws as lines of HTML: for wide windows, and for narrow ones if it is no heavy one.

        Nothing where none is wanted, or it finds nothing to draw.
        """
        broad = None if wanted is None else self._drawn(wanted, _BROAD)
        if wanted is None or broad is None:
            return
        if len(broad) > _HEAVY:
            yield from ('<figure class="picture">', broad, "</figure>")
            return
        yield from ('<figure class="picture broad">', broad, "</figure>")
        if (narrow := self._drawn(wanted, _NARROW)) is not None:
            yield from ('<figure class="picture narrow">', narrow, "</figure>")

    def style_sheet(self) -> str:
        """Return the CSS of the colours of all pictures by day and by night; empty where there is no picture."""
        if not self._inks:
            return ""
        from primaire.charts.vector import style_sheet

        return style_sheet(self._inks)

    def _drawn(self, wanted: Callable[[Style], Picture], width: int) -> str | None:
        if not self._able:
            return None
        from primaire.charts.style import Style
        from primaire.charts.vector import adaptive, inline

        try:
            picture = wanted(Style(self._language, theme="auto", width=width))
            bare, inks = adaptive(inline(picture))
        except NotHeldError:
            return None
        except ExtraMissingError as error:
            self._able = False
            if self._missing is not None:
                self._missing(error)
            return None
        self._inks |= inks
        self._number += 1
        return embedded(bare, f"picture-{self._number}")


def embedded(svg: str, name: str) -> str:
    """Return SVG as it may stand in a page: known elements and attributes only, and ids that are no other picture's.

    It is one image, named by its title and told by its description. Raises ValueError for what is no SVG.
    """
    try:
        root = ET.fromstring(svg)  # noqa: S314  our own drawing, not a stranger's
    except ET.ParseError as error:
        raise ValueError("a picture is not well-formed") from error
    _cleaned(root, name)
    labels = []
    for child in root:
        if child.tag in ("title", "desc"):
            child.set("id", f"{name}-{child.tag}")
            labels.append(f"{name}-{child.tag}")
    root.attrib.pop("class", None)
    root.set("role", "img")
    root.set("aria-labelledby", " ".join(labels))
    root.tail = None
    return ET.tostring(root, encoding="unicode")


def _cleaned(element: ET.Element, name: str) -> None:
    element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    element.attrib = {
        key: f"{name}-{value}" if key == "id" else _LINK.sub(rf"url(#{name}-\1)", value)
        for key, value in element.attrib.items()
        if _ATTRIBUTES.fullmatch(key)
    }
    element.text = None if element.text is None else printable(element.text)
    for child in list(element):
        if _ELEMENTS.fullmatch(str(child.tag).removeprefix(f"{{{_SVG}}}")):  # the tag of a comment is no text
            _cleaned(child, name)
        else:
            element.remove(child)
