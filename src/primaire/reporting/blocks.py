"""The blocks of a page as HTML: sentences, key figures, pictures, tables, and what is opened on demand."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from primaire.messages import msg, msgn
from primaire.render.document import Document, Grid, Part, document
from primaire.render.markup import QUIET, foot, paragraphs, region, table
from primaire.render.safe import printable
from primaire.reporting.contents import Details, Drawn, Explained, Folded, Listed, Said, Shown
from primaire.reporting.drawing import Drawings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.errors import ExtraMissingError
    from primaire.messages import Message
    from primaire.render.language import Language
    from primaire.reporting.contents import Block

SORTED_FROM: Final = 3
"""Rows from which on a table can be sorted."""

FILTERED_FROM: Final = 20
"""Rows from which on a table can be filtered."""

LARGEST: Final = 1_200_000
"""Characters that one map may take of a page."""

ROOM: Final = 4_300_000
"""Bytes of a page after which no more of many contests is opened: with what follows, it stays below 5 MB."""


class Writer:
    """Writes blocks in one language; it knows what ids were given out, and holds the pictures.

    Args:
        language: in whose words; of these, readers of a page are not told which options the command line has.
        missing: called once, with the error, if pictures cannot be drawn.
    """

    def __init__(self, language: Language, missing: Callable[[ExtraMissingError], None] | None = None) -> None:
        self.language = language.for_readers()
        self.drawings = Drawings(self.language, missing)
        self._tables = 0
        self._bytes = 0

    def say(self, message: Message) -> str:
        """Return a sentence as HTML."""
        return escape(printable(message.render(self.language)))

    def word(self, text: str) -> str:
        """Return a word of primaire's vocabulary as HTML."""
        return escape(printable(self.language.translate(text)))

    def block(self, block: Block, level: int) -> Iterator[str]:
        """Yield a block as lines of HTML; ``level`` is that of the headings in it."""
        for line in self._lines(block, level):
            self._bytes += len(line.encode()) + 1
            yield line

    def _lines(self, block: Block, level: int) -> Iterator[str]:
        match block:
            case Said():
                yield from self._said(block.sentences, block.manner)
            case Shown():
                yield from self._shown(block, level)
            case Drawn():
                for picture in block.pictures:
                    yield from self._drawn(picture)
            case Listed():
                yield from self._listed(block.items)
            case Explained():
                yield from self._explained(block)
            case Folded():
                yield f"<details><summary>{self.say(block.summary)}</summary>"
                for each in block.blocks:
                    yield from self._lines(each, level)
                yield "</details>"
            case Details():
                yield from self._details(block)

    def _said(self, sentences: Iterable[Message], kind: str) -> Iterator[str]:
        named = f' class="{kind}"' if kind else ""
        return (f"<p{named}>{text}</p>" for sentence in sentences if (text := self.say(sentence)))

    def _drawn(self, wanted: Callable[[Style], Picture]) -> Iterator[str]:
        lines = list(self.drawings.figure(wanted))
        if sum(len(line) for line in lines) <= LARGEST:
            yield from lines
        else:
            yield from self._said([msg("This map is too large for a page: “primaire map” draws it.")], QUIET)

    def _listed(self, items: Iterable[Message]) -> Iterator[str]:
        yield "<ul>"
        yield from (f"<li>{text}</li>" for item in items if (text := self.say(item)))
        yield "</ul>"

    def _explained(self, block: Explained) -> Iterator[str]:
        yield '<dl class="explained">'
        for word, (head, *more) in block.words:
            yield f'<dt id="means-{escape(word)}">{self.say(head)}</dt>'
            yield from (f"<dd>{self.say(each)}</dd>" for each in more)
        yield "</dl>"

    def _shown(self, block: Shown, level: int) -> Iterator[str]:
        read = document(block.table, self.language)
        linked = _column(block, read) if block.linked else {}
        several = block.headed or len(read.parts) > 1
        figure = list(self.drawings.figure(block.picture))
        said: set[str] = set()
        for number, part in enumerate(read.parts):
            pictured = figure if number == 0 else []
            if several:
                yield f"<h{level}>{escape(part.title)}</h{level}>"
            if block.leads and not pictured:  # a picture's title says it
                yield from paragraphs([part.lead])
            if block.key_figures:
                yield from self._key_figures(part.foot)
            yield from pictured
            if part.body.headings and part.body.rows:
                yield from self._table(part, self.say(block.caption), linked, several=several)
                if not block.key_figures:
                    yield from foot(part.foot, f"table-{self._tables}")
            yield from paragraphs((note for note in part.notes if note not in said), QUIET)
            said.update(part.notes)
        yield from paragraphs([*read.notes, *read.legend], QUIET)

    def _table(self, part: Part, caption: str, linked: dict[int, str], *, several: bool) -> Iterator[str]:
        self._tables += 1
        name = f"table-{self._tables}"
        said = f'<span id="{name}">{caption}{f" <i>{escape(part.title)}</i>" if several else ""}</span>'
        size = len(part.body.rows)
        sortable = size >= SORTED_FROM and part.body.keys
        options = f"{' data-sort' if sortable else ''}{' data-filter' if size >= FILTERED_FROM else ''}"
        yield from region(table(part.body, [said], options=options, linked=linked, unbroken=True), name)

    def _details(self, block: Details) -> Iterator[str]:
        """Yield each contest folded, until there is no more room."""
        read = document(block.table, self.language)
        room = ROOM - self._bytes
        for number, contest in enumerate(block.contests):
            lines = [f"<details><summary>{self.say(contest.summary)}</summary>"]
            for place in contest.sections:
                lines += self._detail(read.parts[place])
            text = "\n".join([*lines, "</details>"])
            room -= len(text.encode())
            if room < 0:
                left = msgn(
                    "{n:count} more contest has its details in the answer of “primaire results”.",
                    "{n:count} more contests have their details in the answer of “primaire results”.",
                    len(block.contests) - number,
                )
                yield from self._said([left], QUIET)
                break
            yield text
        yield from paragraphs(read.legend, QUIET)

    def _detail(self, part: Part) -> Iterator[str]:
        self._tables += 1
        name = f"table-{self._tables}"
        yield from paragraphs([part.lead])
        yield from region(table(part.body, [f'<span id="{name}">{escape(part.title)}</span>']), name)
        figures = "; ".join(" ".join(filter(None, row)) for row in part.foot.rows)
        yield from paragraphs([figures], QUIET)

    def _key_figures(self, foot: Grid) -> Iterator[str]:
        """Yield the figures that a round shares, each with its base; those that are not known make no box."""
        known = [row for row, (_, value, *_) in zip(foot.rows, foot.keys, strict=True) if value is not None]
        if known:
            yield '<dl class="figures">'
            for label, value, *beside in known:
                more = " ".join(filter(None, beside))
                said = f'<span class="base">{escape(more)}</span>' if more else ""
                yield f"<div><dt>{escape(label)}</dt><dd>{escape(value)}{said}</dd></div>"
            yield "</dl>"
        missing = [msg("{label}: {value}", label=row[0], value=row[1]) for row in foot.rows if row not in known]
        if missing:
            yield from self._said([msg("{parts}.", parts=missing)], QUIET)


def _column(block: Shown, read: Document) -> dict[int, str]:
    """Return the place among the columns that people see of the one that leads to explanations."""
    seen = [column.name for column in block.table.columns if column.place == "body"]
    at = seen.index(block.linked or "")
    return {at: "means-"} if read.parts and at < len(read.parts[0].body.headings) else {}
