"""A picture as SVG: drawn by Vega, then given what Vega leaves out for screen readers, and colours that follow the reader."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from primaire.charts.lettering import width
from primaire.extras import library

if TYPE_CHECKING:
    from primaire.charts.picture import Picture

_OPENING = re.compile(r"<svg ([^>]*)>")
_LIGHT_DARK = re.compile(r"light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)")
_ROLES = re.compile(r' role="graphics-(?:object|symbol)"| aria-roledescription="[^"]*"| aria-hidden="true"')
_LABELLED = re.compile(r'<(path|line) aria-label="([^"]*)"([^>]*)/>')
_TAG = re.compile(r"<[^<>]*>")  # letters of names hold neither sign: they are escaped, and are not to be changed
_TEXT = re.compile(r'<text ([^>]*?)font-size="([\d.]+)px"([^>]*)>([^<]*)</text>')


def svg(picture: Picture) -> str:
    """Return a picture as SVG that a browser, a printer and a drawing program read, in the colours of its theme.

    A picture for both themes follows the reader's: its colours are CSS variables, set by a style sheet inside.
    """
    bare, inks = adaptive(inline(picture))
    return bare if not inks else bare.replace(">", f"><style>{style_sheet(inks)}</style>", 1)


def inline(picture: Picture) -> str:
    """Return a picture as SVG whose colours for both themes still stand side by side, as ``light-dark(...)``.

    It is one image to a screen reader, named by the picture's title and description; what marks say of themselves is
    shown where a pointer rests on them.
    """
    draw = library("vl_convert")
    drawn: str = (
        draw.vega_to_svg(picture.spec)
        if picture.grammar == "vega"
        else draw.vegalite_to_svg(picture.spec, vl_version=vl_version(picture.spec))
    )
    drawn = _LABELLED.sub(r"<\1\3><title>\2</title></\1>", _TAG.sub(lambda tag: _ROLES.sub("", tag[0]), drawn))
    said = f"<title>{escape(picture.title)}</title><desc>{escape(picture.description)}</desc>"
    drawn = _TEXT.sub(_fitted, drawn)
    return _OPENING.sub(lambda found: f'<svg {found[1]} role="img">{said}', drawn, count=1)


def _fitted(found: re.Match[str]) -> str:
    """Return a text that keeps the width it was laid out for, whatever letters the reader has for the font's."""
    before, size, after, text = found.groups()
    room = width(unescape(text), float(size), bold='font-weight="bold"' in after)
    kept = f' textLength="{room:.1f}" lengthAdjust="spacingAndGlyphs"' if len(text) > 1 else ""
    return f'<text {before}font-size="{size}px"{after}{kept}>{text}</text>'


def adaptive(drawn: str) -> tuple[str, dict[str, tuple[str, str]]]:
    """Return SVG whose two-fold colours are CSS variables, and the light and the dark colour of each variable."""
    inks: dict[str, tuple[str, str]] = {}

    def variable(found: re.Match[str]) -> str:
        name = f"--c{found[1][1:]}{found[2][1:]}"
        inks[name] = (found[1], found[2])
        return f"var({name},{found[1]})"

    return _TAG.sub(lambda tag: _LIGHT_DARK.sub(variable, tag[0]), drawn), inks


def settled(drawn: str) -> str:
    """Return SVG in the light one of its two-fold colours, for what cannot follow its reader."""
    return _TAG.sub(lambda tag: _LIGHT_DARK.sub(r"\1", tag[0]), drawn)


def style_sheet(inks: dict[str, tuple[str, str]]) -> str:
    """Return the CSS that sets variables to their light colour, and to the dark one for who prefers it on a screen."""
    light = "".join(f"{name}:{pair[0]};" for name, pair in sorted(inks.items()))
    dark = "".join(f"{name}:{pair[1]};" for name, pair in sorted(inks.items()))
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def vl_version(spec: dict[str, str]) -> str:
    """Return the version of Vega-Lite that a specification is written in, as vl-convert names it.

    >>> vl_version({"$schema": "https://vega.github.io/schema/vega-lite/v6.4.1.json"})
    '6.4'
    """
    found = re.search(r"/v(\d+\.\d+)", spec["$schema"])
    if found is None:
        raise ValueError(f"no version in {spec['$schema']!r}")
    return found[1]
