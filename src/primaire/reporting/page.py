"""The page as HTML: semantic, in one file, without anything from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from primaire.messages import msg, term
from primaire.render.markup import look
from primaire.reporting.blocks import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from primaire.errors import ExtraMissingError
    from primaire.render.language import Language
    from primaire.reporting.contents import Chapter, Page

_SKIP: Final = term("Skip to the results")
_ON_THIS_PAGE: Final = term("On this page")
_SEE_CHECKS: Final = msg("See the checks.")

_TOP: Final = 2
"""The level of a chapter's heading."""


def written(page: Page, language: Language, missing: Callable[[ExtraMissingError], None] | None = None) -> bytes:
    """Return a page as one HTML document. ``missing`` is called with the error if pictures cannot be drawn."""
    writer = Writer(language, missing)
    body = list(_body(page, writer))  # first, since pictures tell which colours the head has to know
    style = "\n".join(filter(None, (look(), _own("style.css"), writer.drawings.style_sheet())))
    head = _head(page, writer, style, _own("script.js"))
    return ("\n".join([*head, *body, "</html>"]) + "\n").encode()


def _own(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").strip()


def _head(page: Page, writer: Writer, style: str, script: str) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(writer.language.code)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_policy(style, script))}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{writer.say(page.title)}</title>"
    yield f'<meta name="description" content="{writer.say(page.headlines[0].lead)}">' if page.headlines else ""
    yield f"<style>{style}</style>"
    yield f'<script type="module">{script}</script>'
    yield "</head>"


def _policy(style: str, script: str) -> str:
    """Return what the page may do: nothing but its own style and its own script, known by their digests."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _body(page: Page, writer: Writer) -> Iterator[str]:
    yield "<body>"
    yield f'<a class="skip" href="#main">{writer.word(_SKIP)}</a>'
    yield "<header>"
    yield f"<h1>{writer.say(page.title)}</h1>"
    if page.subtitle is not None:
        yield f'<p class="subtitle">{writer.say(page.subtitle)}</p>'
    if page.warning is not None:
        checks = f'<a href="#checks">{writer.say(_SEE_CHECKS)}</a>'
        yield f'<p class="warning">{writer.say(page.warning)} {checks}</p>'
    yield from _headlines(page, writer)
    yield "</header>"
    yield from _navigation(page.chapters, writer)
    yield f'<main id="main" tabindex="-1"{_words(writer)}>'
    for chapter in page.chapters:
        yield from _chapter(chapter, writer, _TOP)
    yield "</main>"
    yield "</body>"


def _words(writer: Writer) -> str:
    """Return the words that the script puts on the page."""
    words = {
        "filter": writer.word(term("Filter the rows")),
        "left": writer.say(msg("{left} of {all} rows", left="{left}", all="{all}")),
    }
    return "".join(f' data-{name}="{text}"' for name, text in words.items())


def _navigation(chapters: Sequence[Chapter], writer: Writer) -> Iterator[str]:
    yield f'<nav aria-label="{writer.word(_ON_THIS_PAGE)}">'
    yield from _links(chapters, writer)
    yield "</nav>"


def _links(chapters: Sequence[Chapter], writer: Writer) -> Iterator[str]:
    yield "<ul>"
    for chapter in chapters:
        yield f'<li><a href="#{chapter.key}">{writer.say(chapter.short or chapter.title)}</a>'
        if chapter.chapters:
            yield from _links(chapter.chapters, writer)
        yield "</li>"
    yield "</ul>"


def _headlines(page: Page, writer: Writer) -> Iterator[str]:
    """Yield what came of it in one sentence: alone where there is one vote, else as a list that leads to each."""
    several = len(page.headlines) > 1
    yield '<ul class="headlines">' if several else '<div class="headlines">'
    for one in page.headlines:
        title = writer.say(one.title)
        if several:
            yield f'<li><p class="of"><a href="#{one.key}">{title}</a></p>'
        elif title != writer.say(page.title):
            yield f'<p class="of">{title}</p>'
        yield f'<p class="lead">{writer.say(one.lead)}</p>'
        if one.remark is not None and (remark := writer.say(one.remark)):
            yield f'<p class="remark">{remark}</p>'
        if several:
            yield "</li>"
    yield "</ul>" if several else "</div>"


def _chapter(chapter: Chapter, writer: Writer, level: int) -> Iterator[str]:
    # Readers jump from chapter to chapter; within one, headings are enough.
    yield f'<section aria-labelledby="{chapter.key}">' if level == _TOP else "<section>"
    yield f'<h{level} id="{chapter.key}">{writer.say(chapter.title)}</h{level}>'
    for block in chapter.blocks:
        yield from writer.block(block, level + 1)
    for each in chapter.chapters:
        yield from _chapter(each, writer, level + 1)
    yield "</section>"
