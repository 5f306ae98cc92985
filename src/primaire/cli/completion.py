"""What the shell offers when one presses Tab. No pandas: a completion is there at once, or is no use."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import typer  # noqa: TC002  typer looks up the annotations of these functions

from primaire.cli.language import LANGUAGES
from primaire.errors import PrimaireError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.sources.opening.content import Content


def sources(incomplete: str) -> list[str]:
    """Offer the data sets that ship, and the files that begin so."""
    from primaire.sources import DATASETS

    return [*_starting(DATASETS, incomplete), *_files(incomplete)]


def files(incomplete: str) -> list[str]:
    """Offer the files that begin so."""
    return _files(incomplete)


def shown(incomplete: str) -> list[str]:
    """Offer what maps show."""
    from primaire.choropleth.reasons import SHOWN

    return _starting(SHOWN, incomplete)


def formats(incomplete: str) -> list[str]:
    """Offer the names of the formats."""
    from primaire.render import FORMATS

    return _starting(FORMATS, incomplete)


def picture_formats(incomplete: str) -> list[str]:
    """Offer the names of the formats of pictures."""
    from primaire.charts.formats import FORMATS

    return _starting(FORMATS, incomplete)


def pictures(incomplete: str) -> list[str]:
    """Offer the kinds of pictures."""
    from primaire.charts.kinds import KINDS

    return _starting(KINDS, incomplete)


def themes(incomplete: str) -> list[str]:
    """Offer the papers that pictures are drawn on."""
    from primaire.charts.inks import THEMES

    return _starting(THEMES, incomplete)


def languages(incomplete: str) -> list[str]:
    """Offer the languages."""
    return _starting(LANGUAGES, incomplete)


def levels(incomplete: str) -> list[str]:
    """Offer what units can be added up by."""
    from primaire.sources.own.columns import WORDS

    return _starting(["contest", *WORDS["level"], "unit", "nuance"], incomplete)


def places(incomplete: str) -> list[str]:
    """Offer the levels of places."""
    from primaire.sources.own.columns import WORDS

    return _starting([*(level for level in WORDS["level"] if level != "nation"), "unit"], incomplete)


def rules(incomplete: str) -> list[str]:
    """Offer the rules that ship, by kind and one by one, and the files that begin so."""
    from primaire.rules.shipped import families, shipped

    return [*_starting([*families(), *(rule.name for rule in shipped())], incomplete), *_files(incomplete)]


def fates(incomplete: str) -> list[str]:
    """Offer what can become of a candidate."""
    from primaire.outcomes.judged import FATES

    return _starting(FATES, incomplete)


def margins(incomplete: str) -> list[str]:
    """Offer what a margin can be of."""
    from primaire.margins.found import MARGINS

    return _starting(MARGINS, incomplete)


def codes(incomplete: str) -> list[str]:
    """Offer the codes of findings."""
    from primaire.checks.codes import CODES

    return _starting(CODES, incomplete)


def bases(incomplete: str) -> list[str]:
    """Offer the bases of shares."""
    from primaire.sources.own.columns import WORDS

    return _starting(WORDS["share_base"], incomplete)


def methods(incomplete: str) -> list[str]:
    """Offer the methods by which seats are shared out."""
    from primaire.apportionment import METHODS

    return _starting(METHODS, incomplete)


def rounds(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the rounds that the sources named so far hold."""
    return _starting(_values(ctx, "round"), incomplete)


def elections(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the elections that the sources named so far hold."""
    return _names(ctx, "election", incomplete)


def contests(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the contests that the sources named so far hold."""
    return _names(ctx, "contest", incomplete)


def candidates(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the candidates that the sources named so far hold."""
    return _names(ctx, "candidate", incomplete)


def publications(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the publications that the sources named so far hold."""
    from primaire.sources.own.canonical import publications_in

    return _words((name for content in _contents(ctx) for name in publications_in(content)), incomplete)


def _names(ctx: typer.Context, column: str, incomplete: str) -> list[str]:
    return _words(_values(ctx, column), incomplete)


def _words(names: Iterator[object], incomplete: str) -> list[str]:
    """Offer names as one word each: spaces would end the word, and any sign between words means the same."""
    return _starting((re.sub(r"[^\w-]+", "_", str(name)).strip("_") for name in names), incomplete)


def _starting(values: object, incomplete: str) -> list[str]:
    words = dict.fromkeys(str(value) for value in values)  # type: ignore[attr-defined]  # any iterable
    return [word for word in words if word.casefold().startswith(incomplete.casefold())]


def _values(ctx: typer.Context, column: str) -> Iterator[object]:
    from primaire.sources.own.canonical import read_records

    for content in _contents(ctx):
        with suppress(PrimaireError):
            yield from (record[column] for record in read_records(content)[0])


def _contents(ctx: typer.Context) -> Iterator[Content]:
    """Yield the sources named so far that can be read; what is wrong with others is the command's to say."""
    from primaire.sources.opening.content import DEFAULT, open_content

    # An option that lacks its value, as the one being completed does, makes typer leave the sources among the arguments.
    for source in ctx.params.get("sources") or ctx.args or [DEFAULT]:
        if source != "-":  # standard input belongs to the command
            with suppress(PrimaireError):
                yield open_content(source)


def _files(incomplete: str) -> list[str]:
    from pathlib import Path

    typed = Path(incomplete)
    folder, start = (typed, "") if incomplete.endswith(("/", "\\")) else (typed.parent, typed.name)
    try:
        found = sorted(
            path
            for path in folder.iterdir()
            if path.name.startswith(start) and not (path.name.startswith(".") and not start)
        )
    except OSError:
        return []
    return [f"{path}/" if path.is_dir() else str(path) for path in found]
