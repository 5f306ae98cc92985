"""The walk that commands share: from sources to Returns, and from a table to where it is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from primaire.arrangement import arrange
from primaire.cli import diagnostics
from primaire.cli.language import checked
from primaire.cli.options import Display, Rows, Selection, key_value, number
from primaire.cli.output import chosen_format, show, write_files
from primaire.errors import NameUnknownError, NotHeldError, OutputError
from primaire.messages import msg, msgn
from primaire.sources import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from primaire.schema import Returns
    from primaire.table import Table


def read(
    sources: Sequence[str] | None, selection: Selection | None, display: Display, *, check: bool = True
) -> Returns:
    """Read the sources, keep what is asked for, and say on standard error what a reader must know of it."""
    checked(display.lang)
    chosen_format_exists(display)
    if not sources and not display.quiet:
        diagnostics.note(
            msg("No source named: these are the results of Conflans-Sainte-Honorine that ship with primaire."),
            checked(display.lang),
        )
    returns = load(*(sources or ()))
    if selection is not None:
        returns = returns.select(
            election=selection.election,
            round=selection.round_number(),
            contest=selection.contest,
            where=selection.conditions(),
        )
    if not check:
        return returns
    from primaire.checks import findings

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


def chosen_format_exists(display: Display) -> None:
    """Refuse a format that does not exist before anything is read."""
    folder = display.output is not None and Path(display.output).is_dir()
    if display.format is not None or (display.output is not None and Path(display.output).suffix and not folder):
        chosen_format(display)


def other_source(against: str | None) -> list[str]:
    """Return what is compared with. Raises NameUnknownError where nothing is named."""
    if against is None:
        raise NameUnknownError(
            msg("Nothing is named to compare with."),
            remedy=msg("Name it with --against: national, yvelines, or a file."),
        )
    return [against]


def two_votes(
    sources: Sequence[str] | None,
    selection: Selection,
    before: Sequence[str] | None,
    after: Sequence[str] | None,
    display: Display,
) -> tuple[Returns, Returns | None]:
    """Return the votes to set against each other: as asked for, else two sources, else the rounds of one data set."""
    if before or after:
        together = read(sources, selection, display)
        return _narrowed(together, before or [], "--before"), _narrowed(together, after or [], "--after")
    if sources and len(sources) == 2:  # noqa: PLR2004  the first against the second
        return read(sources[:1], selection, display), read(sources[1:], selection, display)
    return read(sources, selection, display), None


def _narrowed(returns: Returns, conditions: Sequence[str], option: str) -> Returns:
    wanted = dict(key_value(word, option) for word in conditions)
    round_ = wanted.pop("round", None)
    return returns.select(round=None if round_ is None else number(round_, f"{option} round="), where=wanted)


def answer(table: Table, rows: Rows, display: Display) -> None:
    """Show a table, with the rows asked for."""
    show(arrange(table, candidates=rows.candidate or (), sort=rows.sort, top=rows.most()), display)


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
    for name in ("results", "turnout", "swing", "blanks", "reconstruct", "info"):
        try:
            tables.append(resolve(name)(returns))
        except NotHeldError:
            # One round has no swing, and published counts need no reconstruction: nothing to write.
            continue
    return tables
