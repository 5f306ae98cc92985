"""What the figures rest on: the checks with what they find, and where every figure comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from primaire.analysis.info import info
from primaire.checks.codes import CODES, ERROR
from primaire.messages import Message, msg, msgn
from primaire.reporting.contents import Chapter, Explained, Folded, Listed, Said, Shown, bare
from primaire.table import Section
from primaire.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from primaire.reporting.asked import Asked
    from primaire.reporting.contents import Block
    from primaire.schema import Returns
    from primaire.table import Table

MOST: Final = 200
"""Findings of one severity that are listed."""


def checks(found: Table) -> Chapter:
    """Return the chapter of the checks: what was found, what each code means, and what was looked at."""
    first = found.parts()[0]
    blocks: list[Block] = [Said((first.lead,), "lead")] if first.lead is not None else []
    if len(found):
        blocks.append(Shown(_shortened(found), msg("Findings"), headed=True, leads=False, linked="code"))
        codes = sorted(set(found.frame["code"].tolist()))
        blocks.append(Explained(tuple((code, tuple(_meaning(code))) for code in codes)))
    blocks.append(Folded(msg("What was looked at"), (Listed(found.notes),)))
    return Chapter("checks", msg("Checks"), tuple(blocks))


def _meaning(code: str) -> Iterator[Message]:
    meant = CODES[code]
    yield msg("{code} ({severity:term}): {title:term}", code=code, severity=meant.severity, title=meant.title)
    yield msg("Expected: {expected:term}", expected=meant.expected)
    yield msg("{remedy:term}", remedy=meant.remedy)


def _shortened(found: Table) -> Table:
    """Return the findings, each severity under its own title, with the first ones of those that are many."""
    sections = []
    for section in found.parts():
        # The first has the title of the whole, and its own meaning below.
        title = section.subtitle or section.title
        left = section.stop - section.start - MOST
        more = (
            msgn(
                "{n:count} more finding of this severity is in the answer of “primaire check”.",
                "{n:count} more findings of this severity are in the answer of “primaire check”.",
                left,
            )
            if left > 0
            else None
        )
        stop = min(section.stop, section.start + MOST)
        sections.append(Section(title, section.start, stop, notes=(more,) if more is not None else ()))
    columns = tuple(replace(column, place="body") if column.name == "file" else column for column in found.columns)
    files = set(found.frame["file"].astype("str"))
    return replace(
        bare(found), columns=columns if len(files) > 1 else found.columns, sections=tuple(sections), notes=()
    )


def warning(found: Table) -> Message | None:
    """Return what a reader must know before any figure: that some contradict each other."""
    errors = int((found.frame["severity"] == ERROR).sum())
    if not errors:
        return None
    return msgn(
        "{n:count} contradiction was found in the figures, which are shown as published.",
        "{n:count} contradictions were found in the figures, which are shown as published.",
        errors,
    )


def sources(returns: Returns, asked: Asked) -> Chapter:
    """Return the chapter of where the figures come from: files, what was done to them, and what made the page."""
    held = info(returns)
    blocks: list[Block] = [Listed(held.notes)]
    said = dict.fromkeys(str(note) for note in held.notes)
    steps = tuple(step for step in returns.provenance.steps if str(step) not in said)
    if steps:
        blocks.append(Listed(steps))
    blocks.append(Folded(msg("How each figure is known"), (Shown(_known(held), msg("Figures and their origin")),)))
    blocks.append(Said(tuple(_made(asked)), "quiet"))
    return Chapter("sources", msg("Where the figures come from"), tuple(blocks))


def _known(held: Table) -> Table:
    """Return what is known of each figure, without what else was said of the files."""
    return replace(bare(held), notes=(), sections=tuple(_untold(section) for section in held.parts()))


def _untold(section: Section) -> Section:
    return replace(section, lead=None, notes=())


def _made(asked: Asked) -> Iterator[Message]:
    made: dict[str, Any] = {"version": VERSION}
    if asked.made is not None:
        yield msg("Made by primaire {version} on {day:date}.", day=asked.made.isoformat(), **made)
    else:
        yield msg("Made by primaire {version}.", **made)
    if asked.command:
        yield msg("Command: {command}", command=asked.command)
