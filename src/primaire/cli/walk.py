"""The walk that commands share: from sources to Returns, and from a table to where it is shown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from primaire.arrangement import arrange
from primaire.cli import diagnostics
from primaire.cli.language import checked
from primaire.cli.options import Display, Grouping, Law, Linking, Rows, Selection, key_value, number
from primaire.cli.output import chosen_format, show, write, write_files
from primaire.errors import NameUnknownError, NotHeldError, OutputError
from primaire.messages import msg, msgn
from primaire.sources import Wanted, load, publications
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from primaire.rules.rule import Rule
    from primaire.schema import Returns
    from primaire.table import Table


_APART = 10_000
"""Units of a table up to which they are kept apart for what is drawn: it takes no time to notice."""


def read(  # noqa: PLR0913  what commands ask differs in these
    sources: Sequence[str] | None,
    selection: Selection | None,
    display: Display,
    *,
    by: str | Sequence[str] | None = None,
    printed: bool = False,
    check: bool = True,
    entire: bool = False,
    apart: bool = False,
) -> Returns:
    """Read the sources, keep what is asked for, and say on standard error what a reader must know of it.

    ``by`` is what the answer adds units up by, and ``printed`` whether printed percentages are compared whatever it takes:
    see :func:`primaire.sources.load`. ``entire`` reads contests with all their units before any of these are left out, so
    that it is known which are then a part of their contest. ``apart`` keeps units that could be added up as they are, if
    these are not too many to be looked at for what is drawn beside figures.
    """
    checked(display.lang)
    chosen_format_exists(display)
    if not sources and not display.quiet:
        diagnostics.note(
            msg("No source named: these are the results of Conflans-Sainte-Honorine that ship with primaire."),
            checked(display.lang),
        )
    chosen = selection or Selection()
    conditions = chosen.conditions()
    with diagnostics.progress(checked(display.lang), quiet=display.quiet) as progress:
        returns = load(
            *(sources or ()),
            mapping=chosen.mapping,
            sheet=chosen.sheet,
            wanted=Wanted(
                chosen.election,
                chosen.round_number(),
                chosen.contest,
                {} if entire else conditions,
                chosen.publication,
            ),
            by=by,
            printed=printed,
            progress=progress,
            apart=_APART if apart else 0,
        )
    if entire:
        returns = returns.select(where=conditions)
    return _told(returns, display) if check else returns


def _told(returns: Returns, display: Display) -> Returns:
    """Say what contradicts itself, on standard error and in the answer."""
    from primaire.checks.contradictions import findings

    found = findings(returns)
    if not display.quiet:
        diagnostics.warn(found, checked(display.lang))
    # Whoever reads the table elsewhere did not see standard error.
    said = [
        msg(
            "Contradiction as published: {place}: {message} [{code}]",
            place=one.place,
            message=one.message,
            code=one.code,
        )
        for one in found
    ]
    return returns.with_provenance(returns.provenance.then(*said))


def read_publications(
    sources: Sequence[str] | None, selection: Selection, display: Display
) -> list[tuple[str, Returns]]:
    """Read publications of one result, each by itself, with what it is called. Raises NameUnknownError without any source."""
    chosen_format_exists(display)
    if not sources:
        raise NameUnknownError(
            msg("No publications are named."),
            remedy=msg("Name them, the earliest first: primaire diff evening.csv final.csv"),
        )
    asked = (selection.election, selection.round_number(), selection.contest, selection.conditions())
    with diagnostics.progress(checked(display.lang), quiet=display.quiet) as progress:
        found = publications(
            *sources,
            mapping=selection.mapping,
            sheet=selection.sheet,
            wanted=Wanted(*asked, selection.publication),
            progress=progress,
        )
    return [(name, _told(returns, display)) for name, returns in found]


def chosen_format_exists(display: Display) -> None:
    """Refuse a format that does not exist before anything is read."""
    folder = display.output is not None and Path(display.output).is_dir()
    if display.format is not None or (display.output is not None and Path(display.output).suffix and not folder):
        chosen_format(display)


def two_votes(  # noqa: PLR0913, PLR0917  the options of swing
    sources: Sequence[str] | None,
    selection: Selection,
    before: Sequence[str] | None,
    after: Sequence[str] | None,
    display: Display,
    by: str | Sequence[str] | None = None,
) -> tuple[Returns, Returns | None]:
    """Return the votes to set against each other: as asked for, else two sources, else the rounds of one data set."""
    if before or after:
        return one_or_two_votes(read(sources, selection, display), before, after)
    if sources and len(sources) == 2:  # noqa: PLR2004  the first against the second
        return read(sources[:1], selection, display, by=by), read(sources[1:], selection, display, by=by)
    return read(sources, selection, display, by=by), None


def here_and_there(  # noqa: PLR0913, PLR0917  the options of compare
    sources: Sequence[str] | None,
    selection: Selection,
    against: str | None,
    display: Display,
    by: Sequence[str],
    against_by: str | None,
) -> tuple[Returns, Returns]:
    """Return the vote in question, and the same one elsewhere. Raises NameUnknownError where nothing is named there."""
    if against is None:
        raise NameUnknownError(
            msg("Nothing is named to compare with."),
            remedy=msg("Name it with --against: national, yvelines, or a file."),
        )
    return read(sources, selection, display, by=by), read([against], None, display, by=against_by or by)


def one_or_two_votes(
    together: Returns, before: Sequence[str] | None, after: Sequence[str] | None
) -> tuple[Returns, Returns | None]:
    """Return the two votes of a data set that are asked for, else all of it."""
    if not before and not after:
        return together, None
    return _narrowed(together, before or [], "--before"), _narrowed(together, after or [], "--after")


def read_over(
    sources: Sequence[str] | None, selection: Selection, display: Display, by: Sequence[str], over: str | None
) -> Returns:
    """Read the sources, added up no further than to the places of a level within those of ``by``."""
    if over is None:
        return read(sources, selection, display, by=by)
    from primaire.tally import NUANCE, asked

    wide = asked(by)[0] in {"contest", "nation", "region", "departement"}  # which a finer place never straddles
    return read(sources, selection, display, by=[over, *(word for word in by if word == NUANCE)] if wide else None)


def set_against(
    analyse: Callable[..., Table],
    votes: tuple[Returns, Returns | None],
    linking: Linking,
    by: list[str],
    **options: object,
) -> Table:
    """Return what an analysis says of two votes, brought together by a crosswalk where one is named."""
    return analyse(*bridged(votes, linking, by), by=by, **options)


def bridged(
    votes: tuple[Returns, Returns | None], linking: Linking, by: Sequence[str]
) -> tuple[Returns, Returns | None]:
    """Return two votes with the places of the first as they are in the second, where a crosswalk says what became of them."""
    first, second = votes
    if linking.crosswalk is None:
        return votes
    from primaire.crosswalk import read_crosswalk, recode

    if second is None:
        raise NameUnknownError(
            msg("A crosswalk leads from one vote to another, and one source alone is named."),
            remedy=msg("Name two sources, or choose two votes with --before and --after."),
        )
    return recode(first, read_crosswalk(linking.crosswalk), by), second


def linked_by(grouping: Grouping, linking: Linking) -> list[str]:
    """Return what units are added up by: a crosswalk is of communes, where no other level is named."""
    words = grouping.words()
    if linking.crosswalk is None:
        return words
    from primaire.crosswalk import level_of

    return [level_of(words), *(word for word in words if word == "nuance")]


def _narrowed(returns: Returns, conditions: Sequence[str], option: str) -> Returns:
    wanted = dict(key_value(word, option) for word in conditions)
    round_ = wanted.pop("round", None)
    return returns.select(round=None if round_ is None else number(round_, f"{option} round="), where=wanted)


def rules_asked(law: Law) -> tuple[Rule, ...] | None:
    """Return the rules that ``--rules`` names; None where it names none, for those that ship."""
    if law.rules is None:
        return None
    from primaire.rules.shipped import rules_called

    return rules_called(law.rules)


def fates_asked(words: Sequence[str] | None) -> list[str]:
    """Return the fates that ``--fate`` names. Raises NameUnknownError for a word that names none."""
    from primaire.outcomes.judged import FATES

    return _named(words or (), "--fate", FATES)


def margins_asked(words: Sequence[str] | None) -> list[str]:
    """Return the margins that ``--of`` names. Raises NameUnknownError for a word that names none."""
    from primaire.margins.found import MARGINS

    return _named(words or (), "--of", MARGINS)


def _named(words: Sequence[str], option: str, vocabulary: Sequence[str]) -> list[str]:
    """Return the terms that an option's words name in any language, in full or by a part."""
    from primaire.matching import pick
    from primaire.render.language import LANGUAGES, Language

    known = {Language(code).translate(name): name for code in LANGUAGES for name in vocabulary} if words else {}
    found: dict[str, None] = {}
    for word in words:
        meant = pick(word, known)
        if not meant:
            raise NameUnknownError(
                msg("{option} “{word}” means nothing here.", option=option, word=word),
                expected=did_you_mean(word, known) or msg("It is one of: {names:term}.", names=list(vocabulary)),
            )
        found.update(dict.fromkeys(known[name] for name in meant))
    return list(found)


def answer(table: Table, rows: Rows, display: Display, *, fates: Sequence[str] | None = None) -> None:
    """Show a table, with the rows asked for."""
    show(arrange(table, candidates=rows.candidate or (), fates=fates or (), sort=rows.sort, top=rows.most()), display)


def working(display: Display) -> AbstractContextManager[Callable[[float], None] | None]:
    """Return what shows the progress of long work on standard error, and what such work calls."""
    return diagnostics.working(checked(display.lang), quiet=display.quiet)


def convert(sources: Sequence[str] | None, selection: Selection, display: Display) -> None:
    """Write the data themselves, in primaire's own format."""
    chosen = _own_format(display)
    # What contradicts itself is told whenever the copy is looked at.
    returns = read(sources, selection, display, check=False)
    from primaire.sources.own import conversion

    if chosen == "parquet":
        write(conversion.to_parquet(returns), display.output, text=False)
        return
    data = conversion.to_csv(returns)
    if display.output is None and sys.stdout.isatty():
        # A terminal must not act on what a file says; a file or a pipe gets it as it is.
        from primaire.render.safe import printable

        data = "".join(f"{printable(line)}\n" for line in data.decode().splitlines()).encode()
    write(data, display.output, text=True)


def _own_format(display: Display) -> str:
    """Return ``csv`` or ``parquet``. Raises NameUnknownError for any other format or extension."""
    formats = ("csv", "parquet")
    if display.format is None and display.output is None:
        return "csv"
    chosen = display.format or Path(display.output or "").suffix.lower().removeprefix(".")
    if chosen in formats:
        return chosen
    raise NameUnknownError(
        msg("Data are not converted to “{format}”.", format=chosen)
        if chosen
        else msg("The name “{path}” does not tell a format.", path=display.output),
        expected=msg("The formats are: {names}.", names=formats),
        remedy=msg(
            "Name a file that ends in .csv or .parquet. Tables of results are written by “results”, in any format."
        ),
    )


def export_all(returns: Returns, display: Display) -> None:
    """Write every table of the data set, and every analysis that applies to it, into one folder."""
    from primaire.analysis.dataset import dataset
    from primaire.render import find
    from primaire.render.language import Language

    if display.output is None:
        raise OutputError(
            msg("An export needs a folder to write to."), remedy=msg("Name one: primaire export -o tables")
        )
    chosen = find(display.format or "csv")
    language = Language(checked(display.lang))
    folder = Path(display.output)
    extension = chosen.extensions[0] if chosen.extensions else ".txt"
    tables = [*dataset(returns), *_analyses(returns)]
    contents = {folder / f"{table.name}{extension}": chosen.render(table, language) for table in tables}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            msg("The folder “{path}” cannot be made: {reason}.", path=str(folder), reason=error.strerror or str(error))
        ) from error
    write_files(contents)
    if not display.quiet:
        diagnostics.note(
            msgn("{n} file written to {folder}.", "{n} files written to {folder}.", len(contents), folder=str(folder)),
            checked(display.lang),
        )


def _analyses(returns: Returns) -> list[Table]:
    from primaire.api import resolve

    tables = []
    for name in (
        "results",
        "turnout",
        "swing",
        "blanks",
        "outcome",
        "indices",
        "margin",
        "reconstruct",
        "check",
        "info",
    ):
        try:
            tables.append(resolve(name)(returns))
        except NotHeldError:
            # One round has no swing, and published counts need no reconstruction: nothing to write.
            continue
    return tables
