"""What stands on a picture, found in the SVG that is drawn of it: texts with their boxes, and marks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET  # our own output

from primaire.charts.lettering import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from primaire.charts.picture import Picture

_SVG: Final = "{http://www.w3.org/2000/svg}"
_MOVED = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")


@dataclass(frozen=True)
class Box:
    """A text, and the rectangle of pixels that its letters take."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether letters of the two would touch; a pixel is nothing."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 1 and min(self.bottom, other.bottom) - max(self.top, other.top) > 1


def tree(picture: Picture) -> ET.Element:
    """Return the SVG of a picture, parsed."""
    return ET.fromstring(picture.svg())  # noqa: S314  our own output


def texts(picture: Picture) -> list[Box]:
    """Return every text of a picture with its box."""
    return list(_texts(tree(picture), 0.0, 0.0))


def _texts(element: ET.Element, x: float, y: float) -> Iterator[Box]:
    moved = _MOVED.search(element.get("transform", ""))
    if moved is not None:
        x, y = x + float(moved[1]), y + float(moved[2])
    if element.tag == f"{_SVG}text":
        size = float(element.get("font-size", "0").removesuffix("px"))
        said = element.text or ""
        room = width(said, size, bold=element.get("font-weight") == "bold")
        left = x - room * {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor", "start")]
        yield Box(said, left, y - 0.72 * size, left + room, y + 0.2 * size)
    for child in element:
        yield from _texts(child, x, y)


def marks(picture: Picture) -> dict[str, ET.Element]:
    """Return the marks that say something, by what they say where a pointer rests on them."""
    return {
        child.text or "": element
        for element in tree(picture).iter()
        for child in element
        if child.tag == f"{_SVG}title" and element.tag in {f"{_SVG}path", f"{_SVG}line"}
    }


@dataclass(frozen=True)
class Mark:
    """A mark that says something, and where it stands: its middle, or where it begins."""

    said: str
    x: float
    y: float
    element: ET.Element

    @property
    def kind(self) -> str:
        """``path`` or ``line``."""
        return self.element.tag.removeprefix(_SVG)


def placed(picture: Picture) -> list[Mark]:
    """Return the marks that say something, in the order in which they are drawn."""
    return list(_placed(tree(picture), 0.0, 0.0))


def _placed(element: ET.Element, x: float, y: float) -> Iterator[Mark]:
    moved = _MOVED.search(element.get("transform", ""))
    if moved is not None:
        x, y = x + float(moved[1]), y + float(moved[2])
    title = element.find(f"{_SVG}title")
    if element.tag in {f"{_SVG}path", f"{_SVG}line"} and title is not None:
        yield Mark(title.text or "", x, y, element)
    for child in element:
        yield from _placed(child, x, y)


def rules(picture: Picture) -> list[tuple[float, float, float, float]]:
    """Return the lines that say nothing by themselves: left, top, right and bottom."""
    return list(_rules(tree(picture), 0.0, 0.0))


def _rules(element: ET.Element, x: float, y: float) -> Iterator[tuple[float, float, float, float]]:
    moved = _MOVED.search(element.get("transform", ""))
    if moved is not None:
        x, y = x + float(moved[1]), y + float(moved[2])
    if element.tag == f"{_SVG}line" and element.find(f"{_SVG}title") is None:
        x2, y2 = x + float(element.get("x2", "0")), y + float(element.get("y2", "0"))
        yield min(x, x2), min(y, y2), max(x, x2), max(y, y2)
    for child in element:
        yield from _rules(child, x, y)


def words(picture: Picture) -> str:
    """Return all the text of a picture, in the order in which it is drawn."""
    return " ".join(box.text for box in texts(picture))


def absent(names: Iterable[str], picture: Picture) -> list[str]:
    """Return the names that a picture does not show, however they are folded."""
    shown = words(picture).replace(" ", "")
    return [name for name in names if name.replace(" ", "") not in shown]


def specification(picture: Picture) -> bytes:
    """Return a picture's specification, without the version of the grammar, which is that of the library installed."""
    spec = {name: value for name, value in picture.spec.items() if name != "$schema"}
    return f"{json.dumps(spec, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def assert_readable(picture: Picture) -> None:
    """Fail where two texts of a picture overlap, or one leaves it."""
    boxes = texts(picture)
    assert boxes
    for box in boxes:
        inside = box.left >= 0 and box.right <= picture.width + 1 and box.top >= 0 and box.bottom <= picture.height
        assert inside, f"{box} is not on a picture of {picture.width} x {picture.height}"
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert not one.meets(other), f"{one} meets {other}"
