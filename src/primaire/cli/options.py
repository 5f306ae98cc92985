"""The options that commands share: what each means is said here once, and is the same everywhere.

Options come in groups, each a dataclass. A command names the groups it takes as parameters; :func:`with_options` puts
their fields on its command line, and hands the command the filled dataclasses. Annotations are left as they are (no
``from __future__``): they are read when the program starts.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from pathlib import PurePath
from typing import Annotated, Any, get_type_hints

import typer

from primaire.cli import completion
from primaire.errors import NameUnknownError
from primaire.messages import msg, term

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help=term(
            "A file, “-” for standard input, or a data set that ships: conflans (the default), national, yvelines, publications. Several are one data set."
        ),
        autocompletion=completion.sources,
        show_default=False,
    ),
]


def output_option(told: str) -> Any:
    """Return the option that names the file to write, with what is told of it."""
    return typer.Option("--output", "-o", metavar="FILE", help=told)


Output = Annotated[str | None, output_option(term("Write to this file instead; it is replaced whole or not at all."))]

Before = Annotated[
    list[str] | None,
    typer.Option("--before", metavar="KEY=VALUE", help=term("Which vote comes before: round=1, contest=NAME, ...")),
]

After = Annotated[list[str] | None, typer.Option("--after", metavar="KEY=VALUE", help=term("Which vote comes after."))]

ShapesCrs = Annotated[
    str | None,
    typer.Option(
        "--shapes-crs",
        metavar="SYSTEM",
        help=term(
            "The coordinate system of the shapes, where the file does not say it, or says it wrongly: EPSG:2154 for Lambert-93."
        ),
    ),
]

Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="SOURCE",
        help=term("What to compare with: a file or a data set that ships."),
        autocompletion=completion.sources,
    ),
]

AgainstBy = Annotated[
    str | None,
    typer.Option(
        "--against-by",
        metavar="LEVEL",
        help=term(
            "Add that source up by: departement, say, to hold each commune against its departement; nation, against the whole. By default as --by, where it has such places."
        ),
        autocompletion=completion.levels,
    ),
]

Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="LANG",
        help=term("en or fr; by default, the environment's."),
        autocompletion=completion.languages,
    ),
]


Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=term("Say nothing on standard error but errors."))]


@dataclass(frozen=True)
class Selection:
    """Which votes are looked at, and how their source is read."""

    election: Annotated[
        str | None,
        typer.Option(
            "--election",
            metavar="NAME",
            help=term("Only this election, by its name or a part of it."),
            autocompletion=completion.elections,
        ),
    ] = None
    round: Annotated[
        str | None,
        typer.Option("--round", metavar="N", help=term("Only this round: 1, 2, ..."), autocompletion=completion.rounds),
    ] = None
    contest: Annotated[
        str | None,
        typer.Option(
            "--contest",
            metavar="NAME",
            help=term("Only this contest, by its name or a part of it."),
            autocompletion=completion.contests,
        ),
    ] = None
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="KEY=VALUE",
            help=term(
                "Only units where this holds: departement=Yvelines, departement=78, commune=Conflans-Sainte-Honorine. Repeat for more."
            ),
        ),
    ] = None

    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet", metavar="NAME", help=term("Of a workbook, the sheet to read, by its name or a part of it.")
        ),
    ] = None
    mapping: Annotated[
        str | None,
        typer.Option(
            "--mapping",
            metavar="FILE",
            help=term("What the columns hold, where that is not recognised: see “primaire mapping”."),
        ),
    ] = None
    publication: Annotated[
        str | None,
        typer.Option(
            "--publication",
            metavar="NAME",
            help=term(
                "Of a file that holds several publications of a result, the one to read, by its name or a part of it; by default, the last."
            ),
            autocompletion=completion.publications,
        ),
    ] = None

    def round_number(self) -> int | None:
        """Return ``--round`` as a number. Raises NameUnknownError for anything else."""
        return None if self.round is None else number(self.round, "--round")

    def conditions(self) -> dict[str, list[str]]:
        """Return ``--where`` as keys and values. Raises NameUnknownError for a word without an equals sign."""
        found: dict[str, list[str]] = {}
        for key, value in (key_value(word, "--where") for word in self.where or []):
            found.setdefault(key, []).append(value)
        return found


@dataclass(frozen=True)
class Grouping:
    """What units are added up by."""

    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="LEVEL",
            help=term(
                "Add units up by: contest (the default), nation, region, departement, constituency, canton, commune, station, or unit (each by itself). And candidates by: nuance, alone or with a level: --by departement,nuance."
            ),
            autocompletion=completion.levels,
        ),
    ] = None

    def words(self) -> list[str]:
        """Return the words of ``--by``, given apart or with commas; ``contest`` without any."""
        words = [word.strip() for given in self.by or [] for word in given.split(",")]
        return [word for word in words if word] or ["contest"]


@dataclass(frozen=True)
class Linking:
    """How the places of two votes are brought together."""

    crosswalk: Annotated[
        str | None,
        typer.Option(
            "--crosswalk",
            metavar="FILE",
            help=term(
                "A table of the codes that changed since the first vote: old, new and, where a place was split, weight. Of communes, else of the level by which units are added up."
            ),
        ),
    ] = None
    unmatched: Annotated[
        bool,
        typer.Option("--unmatched", help=term("Answer with the places that have no counterpart instead, all of them.")),
    ] = False


@dataclass(frozen=True)
class Law:
    """Under which rules contests are judged."""

    rules: Annotated[
        str | None,
        typer.Option(
            "--rules",
            metavar="NAME|FILE",
            help=term(
                "The rules of this election: a kind that ships (municipales), one period of it (municipales-2014), or a file of your own; by default, those that its kind, date and place name."
            ),
            autocompletion=completion.rules,
        ),
    ] = None
    seats: Annotated[
        str | None, typer.Option("--seats", metavar="N", help=term("How many seats are filled in each contest."))
    ] = None
    assume_whole: Annotated[
        bool,
        typer.Option(
            "--assume-whole",
            help=term("Take the units for the whole of their contest, where they are a part of it or may be one."),
        ),
    ] = False

    def number_of_seats(self) -> int | None:
        """Return ``--seats`` as a number. Raises NameUnknownError for anything else, and for more than there can be."""
        from primaire.rules.parts import MOST_SEATS

        seats = None if self.seats is None else number(self.seats, "--seats")
        if seats is not None and seats > MOST_SEATS:
            raise NameUnknownError(msg("--seats is at most {most:count}.", most=MOST_SEATS))
        return seats


@dataclass(frozen=True)
class Rows:
    """Which rows are shown."""

    candidate: Annotated[
        list[str] | None,
        typer.Option(
            "--candidate",
            metavar="NAME",
            help=term("Only this candidate's rows. Repeat for more."),
            autocompletion=completion.candidates,
        ),
    ] = None
    sort: Annotated[
        str | None,
        typer.Option("--sort", metavar="COLUMN", help=term("Sort the rows by this column (its name in csv).")),
    ] = None
    top: Annotated[
        str | None, typer.Option("--top", metavar="N", help=term("Only the first N rows of each table."))
    ] = None

    def most(self) -> int | None:
        """Return ``--top`` as a number. Raises NameUnknownError for anything else."""
        return None if self.top is None else number(self.top, "--top")


@dataclass(frozen=True)
class Display:
    """How the answer is shown, and where it goes."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=term(
                "table, markdown, latex, html, plain, csv, json, jsonl, xlsx or parquet; by default, what --output's extension says, else table."
            ),
            autocompletion=completion.formats,
        ),
    ] = None
    output: Output = None
    lang: Lang = None
    no_color: Annotated[
        bool, typer.Option("--no-color", help=term("No colour, as with NO_COLOR in the environment."))
    ] = False
    quiet: Quiet = False


@dataclass(frozen=True)
class Sheet:
    """Where an empty file goes, and its language."""

    output: Output = None
    lang: Lang = None
    quiet: Quiet = False

    def csv_file(self) -> str | None:
        """Return ``--output``. Raises NameUnknownError for a name that promises something else than CSV."""
        if self.output is not None and PurePath(self.output).suffix.lower() not in ("", ".csv", ".txt"):
            raise NameUnknownError(
                msg("The file is CSV, and “{path}” promises something else.", path=self.output),
                remedy=msg("Give it a name that ends in .csv; every spreadsheet opens it."),
            )
        return self.output


def toml_file(output: str | None) -> str | None:
    """Return ``--output`` of a mapping. Raises NameUnknownError for a name that promises something else than TOML."""
    if output is not None and PurePath(output).suffix.lower() not in ("", ".toml"):
        raise NameUnknownError(
            msg("The file is TOML, and “{path}” promises something else.", path=output),
            remedy=msg("Give it a name that ends in .toml."),
        )
    return output


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command whose parameters that are groups of options are spread over its command line."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: hint for name, hint in hints.items() if is_dataclass(hint)}
    parameters = []
    for name, parameter in inspect.signature(command).parameters.items():
        group = groups.get(name)
        parameters.extend(
            _fields(group) if group else [parameter.replace(annotation=hints[name], kind=parameter.KEYWORD_ONLY)]
        )

    @wraps(command)
    def spread(**given: Any) -> None:
        filled = {
            name: group(**{field.name: given.pop(field.name) for field in fields(group)})
            for name, group in groups.items()
        }
        command(**given, **filled)

    spread.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what inspect documents for this purpose
    spread.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return spread


def _fields(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
        )
        for field in fields(group)
    ]


def number(word: str, option: str) -> int:
    """Return a number of 1 or more. Raises NameUnknownError for anything else."""
    if word.isascii() and word.isdecimal() and int(word) > 0:
        return int(word)
    raise NameUnknownError(msg("{option} “{word}” is not a number of 1 or more.", option=option, word=word))


def key_value(word: str, option: str) -> tuple[str, str]:
    """Return the key and the value of ``KEY=VALUE``. Raises NameUnknownError for anything else."""
    key, equals, value = word.partition("=")
    if not (key and equals and value):
        raise NameUnknownError(
            msg("{option} “{word}” is not of the form KEY=VALUE.", option=option, word=word),
            remedy=msg("Write it like this: {option} commune=Conflans", option=option),
        )
    return key.strip(), value.strip()
