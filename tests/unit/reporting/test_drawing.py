"""Pictures in a page: nothing in them acts, and none has another's ids."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

import primaire
from primaire.errors import ExtraMissingError
from primaire.messages import msg
from primaire.render.language import Language
from primaire.reporting.contents import pictured
from primaire.reporting.drawing import Drawings, embedded

SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="marks" width="9"
 onload="alert(1)"><title>A &lt;b&gt;</title><desc>Says</desc><style>*{}</style><script>alert(1)</script><!-- x -->
<g style="fill:red" id="a" clip-path="url(#b)" aria-hidden="true"><clipPath id="b"><rect width="1"/></clipPath>
<a href="https://example.org"><path d="M0"/></a><image xlink:href="x.png"/><text font-size="10px">10&lt;</text></g>
<foreignObject><p>x</p></foreignObject></svg>"""


def parsed(text: str) -> Any:  # whose elements are all there
    return ET.fromstring(text)  # noqa: S314  what the project itself has written


def test_only_shapes_and_letters_are_left():
    root = parsed(embedded(SVG, "picture-7"))
    assert [element.tag for element in root.iter()] == ["svg", "title", "desc", "g", "clipPath", "rect", "text"]
    names = {name for element in root.iter() for name in element.attrib}
    assert not names & {"style", "onload", "href", "aria-hidden"}
    assert not any("{" in name for name in names)
    assert root.find("title").text == "A <b>"
    assert root.find("g/text").text == "10<"


def test_it_is_one_image_with_its_own_ids():
    root = parsed(embedded(SVG, "picture-7"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [root.find("title").get("id"), root.find("desc").get("id")]
    assert root.find("g").get("id") == "picture-7-a"
    assert root.find("g").get("clip-path") == "url(#picture-7-b)"
    assert root.find("g/clipPath").get("id") == "picture-7-b"


def test_what_is_no_picture_is_refused():
    with pytest.raises(ValueError, match="well-formed"):
        embedded("<svg>", "p")


def test_without_the_libraries_it_is_told_once_what_to_install(monkeypatch):
    def lacking(*_: object) -> None:
        raise ExtraMissingError(msg("Not installed."))

    monkeypatch.setattr("primaire.charts.draw", lacking)
    table = primaire.results(primaire.load("conflans"))
    told: list[ExtraMissingError] = []
    drawings = Drawings(Language("en"), told.append)
    for _ in range(2):
        assert list(drawings.figure(pictured("results", table))) == []
    assert len(told) == 1
    assert list(Drawings(Language("en")).figure(pictured("results", table))) == []
    assert list(drawings.figure(None)) == []
