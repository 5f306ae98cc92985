"""Where figures come from: the files read, how they were read, and what was changed on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from primaire.messages import msg

if TYPE_CHECKING:
    from primaire.messages import Message


@dataclass(frozen=True)
class Found:
    """A contradiction between figures of which only one side is kept: a printed total or percentage, say.

    Attributes:
        code: stable, ``PRI`` and three digits.
        place: what the row says of its place.
        message: what is seen.
        line: the line or row of the file; None for what is of several.
        hint: a clause on what would explain it, where anything is known.
    """

    code: str
    place: Message
    message: Message
    line: int | None = None
    hint: Message | None = None

    @property
    def where(self) -> Message:
        """The line and the place."""
        return self.place if self.line is None else msg("line {line}, {place}", line=self.line, place=self.place)


@dataclass(frozen=True)
class SourceFile:
    """One file as it was read.

    Attributes:
        name: the name the user gave (a path, ``-``, or a data set that ships).
        sha256: of the bytes as read, in hexadecimal.
        size: bytes.
        reader: the reader that recognised it.
        encoding, separator, decimal_mark: what was detected; ``None`` where the file shows none.
        rows: data rows read, without the header.
        remarks: what the reader had to decide or to change, in words.
        packing: what the bytes were unpacked from; None where they stood there as they are.
        sheet: the sheet or table that was read, of several.
        header: the line or row with the names of the columns.
        found: contradictions seen while reading.
        compared: what was compared while reading, with how many figures: these remarks too.
    """

    name: str
    sha256: str
    size: int
    reader: str
    encoding: str | None = None
    separator: str | None = None
    decimal_mark: str | None = None
    rows: int | None = None
    remarks: tuple[Message, ...] = ()
    packing: str | None = None
    sheet: str | None = None
    header: int | None = None
    found: tuple[Found, ...] = ()
    compared: tuple[Message, ...] = ()

    @property
    def place(self) -> str:
        """The name, and the sheet where the file is a workbook: what the lines or rows of figures are counted in."""
        return self.name if self.sheet is None else f"{self.name}, sheet {self.sheet}"

    @property
    def title(self) -> Message:
        """What the file is called, without the folders of whoever named it."""
        return msg("standard input") if self.name == "-" else msg("{name}", name=PurePath(self.name).name)


@dataclass(frozen=True)
class Provenance:
    """The files behind a set of figures, and the steps that led from them to here."""

    files: tuple[SourceFile, ...] = ()
    steps: tuple[Message, ...] = ()

    def then(self, *steps: Message) -> Provenance:
        """Return this provenance with further steps."""
        return replace(self, steps=self.steps + steps)

    def __add__(self, other: Provenance) -> Provenance:
        # Two parts of one data set come from the same files.
        files = tuple(file for file in other.files if file not in self.files)
        return Provenance(
            self.files + files, self.steps + tuple(step for step in other.steps if step not in self.steps)
        )
