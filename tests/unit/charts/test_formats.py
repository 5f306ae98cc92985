"""Pictures as files: what each format is, that it is whole, and that names in it are text."""

import base64
import hashlib
import json
import re
import struct
import sys
import zlib
from xml.etree import ElementTree as ET

import pytest
import vl_convert

from primaire.analysis.results import results
from primaire.charts import draw
from primaire.charts.formats import FORMATS, find, format_for
from primaire.charts.inks import PAPER
from primaire.charts.style import Style
from primaire.charts.vector import inline, settled
from primaire.errors import ExtraMissingError, NameUnknownError
from primaire.sources import load

NASTY = "<script>alert(1)</script></style>]]>&\"'"
LIKE_OURS = 'light-dark(#aaaaaa,#bbbbbb) aria-hidden="true" role="graphics-object"'  # what we change in SVG, as a name


@pytest.fixture
def picture(tmp_path):
    def drawn(theme="light", name=NASTY):
        quoted = name.replace('"', '""')
        path = tmp_path / "town.csv"
        path.write_text(f'candidate,votes\n"{quoted}",60\nTwo,30\n', encoding="utf-8")
        return draw(results(load(path)), Style(theme=theme))

    return drawn


def pixels(png):
    """Width, height and the pixels as stored, of a png."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data = 8, b""
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length)[0] == zlib.crc32(kind + body)
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    return (*struct.unpack_from(">II", png, 16), zlib.decompress(data))


@pytest.mark.parametrize("name", [NASTY, LIKE_OURS])
@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_svg_is_well_formed_and_names_in_it_are_text(picture, theme, name):
    root = ET.fromstring(picture(theme, name).svg())  # noqa: S314  our own output
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert any(name in (element.text or "") for element in root.iter())
    assert root.get("role") == "img"
    assert [child.tag.split("}")[1] for child in root][:2] == (
        ["style", "title"] if theme == "auto" else ["title", "desc"]
    )


def test_a_picture_for_both_themes_says_both_colours(picture):
    svg = picture("auto").svg()
    assert "light-dark" not in svg
    assert "prefers-color-scheme:dark" in svg
    name = f"--c{PAPER.light[1:]}{PAPER.dark[1:]}"
    assert f"{name}:{PAPER.light};" in svg
    assert f"{name}:{PAPER.dark};" in svg
    assert f"var({name},{PAPER.light})" in svg


def test_png_has_two_pixels_for_one_and_the_same_as_were_drawn(picture):
    shown = picture()
    wide, high, stored = pixels(shown.write("png"))
    assert (wide, high) == (2 * shown.width, 2 * shown.height)
    assert stored == pixels(vl_convert.svg_to_png(settled(inline(shown)), scale=2))[2]


def test_pdf_is_a_pdf(picture):
    assert picture().write("pdf").startswith(b"%PDF-")


def test_json_is_the_specification_with_its_data(picture):
    shown = picture("dark")
    spec = json.loads(shown.write("json"))
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v")
    assert NASTY in json.dumps(spec, ensure_ascii=False).replace('\\"', '"')
    assert vl_convert.vegalite_to_svg(spec)


def test_the_page_allows_nothing_but_its_own_style(picture):
    page = picture("auto").write("html").decode()
    policy = re.search(r"Content-Security-Policy\" content=\"([^\"]+)\"", page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy is not None
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1] == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert page.count("<style") == page.count("</style>") == 1
    assert "<script" not in page
    assert " style=" not in page


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"pdf"}))  # a pdf names its fonts in any order
def test_the_same_picture_is_the_same_file(picture, name):
    assert picture().write(name) == picture().write(name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_found_by_name_and_by_extension(name):
    assert find(name) is format_for(f"picture.{name.upper()}")


def test_other_formats_are_refused_with_those_that_exist():
    with pytest.raises(NameUnknownError, match="svg, png, pdf, html, json"):
        find("svgz")
    with pytest.raises(NameUnknownError, match=r"\.svg"):
        format_for("picture.jpg")


def test_a_missing_library_is_named_with_what_to_type(monkeypatch):
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(ExtraMissingError, match=r"altair.*pip install 'primaire\[charts\]'"):
        draw(results(load("conflans")))
