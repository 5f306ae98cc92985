"""The page of sources, as tests read it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

import primaire

VOID = {"meta"}


class Page(HTMLParser):
    """The text of each heading, paragraph and cell, the tables by their captions, and all attributes."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[tuple[str, str]] = []
        self.source = data.decode()
        self.feed(self.source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID and tag not in ("path", "rect"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        if tag not in ("path", "rect"):
            assert self.open.pop() == tag

    def handle_data(self, data):
        if data.strip() and "svg" not in self.open and not {"style", "script"} & set(self.open):
            self.texts.append((" ".join(self.open), data.strip()))

    def of(self, tag: str) -> list[str]:
        """The texts within a tag."""
        return [text for path, text in self.texts if tag in path.split()]

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.texts)


def page(*sources, language="en", pictures=False, **options) -> Page:
    """The page of sources: without pictures, which take their time, where a test is not of them."""
    with pytest.MonkeyPatch.context() as patched:
        if not pictures:
            patched.setattr("primaire.reporting.drawing.Drawings.figure", lambda *_: iter(()))
        return Page(primaire.report(primaire.load(*sources), language, **options))


def rows_of(found: Page) -> list[list[str]]:
    """The cells of each row whose first cell names it."""
    rows = re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", found.source)
    return [re.sub(r"<[^>]+>", "|", row).replace("||", "|").strip("|").split("|") for row in rows]


def table_rows(found: Page) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", found.source)
    return [re.sub(r"<[^>]+>", "|", row).replace("||", "|").strip("|").split("|") for row in rows]
