"""Mappings that have a name: those that ship (``mappings/*.toml``), and those that other packages bring.

A package brings one through an entry point of the group ``primaire.mappings``, whose name is the mapping's name and
whose object is the text of a mapping, the path of its file, or a function that returns either.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from primaire.errors import NameUnknownError, PrimaireError, SourceError
from primaire.messages import msg
from primaire.sources.meaning.mapping_file import parse_mapping
from primaire.sources.meaning.references import header_key
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

    from primaire.sources.meaning.mapping import Mapping

GROUP: Final = "primaire.mappings"
"""The entry points by which other packages bring mappings."""

_ENDING: Final = ".toml"


@dataclass(frozen=True)
class _Shipped:
    """A mapping of primaire's own."""

    name: str
    file: Traversable
    package: str = "primaire"

    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")


@dataclass(frozen=True)
class _Brought:
    """A mapping of another package."""

    name: str
    point: EntryPoint
    package: str

    def text(self) -> str:
        found = self.point.load()
        found = found() if callable(found) else found
        return found if isinstance(found, str) else str(found.read_text(encoding="utf-8"))


def registered() -> dict[str, Mapping]:
    """Return every mapping that has a name, by its name. They are read when they are first asked for.

    Raises:
        SourceError: a mapping of another package is broken, or two packages bring one of the same name; it says which.
    """
    return {name: _read(found) for name, found in _found().items()}


def claims(headers: Sequence[str]) -> list[Mapping]:
    """Return the mappings made for a table: those whose headers all stand among its own, whatever case and accents.

    A mapping without headers claims nothing. Raises SourceError as :func:`registered`.

    >>> [mapping.name for mapping in claims(["county", "office", "district", "party", "candidate", "votes"])]
    ['openelections']
    """
    held = set(map(header_key, headers))
    return [mapping for mapping in registered().values() if mapping.headers and _wanted(mapping.headers) <= held]


@cache
def _wanted(headers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(header_key, headers))


def find_mapping(word: str) -> Mapping:
    """Return the mapping that a user names: a registered one, or a file.

    A word that ends in ``.toml`` or holds a slash is a file's path; any other is a registered name first.

    Raises:
        NameUnknownError: there is none, or the file uses keys or words that do not exist.
        SourceError: it cannot be read as a mapping.
    """
    path = Path(word)
    named = path.suffix.lower() != _ENDING and len(path.parts) == 1
    if named and (found := _found().get(word)):
        return _read(found)
    if not path.exists():
        raise NameUnknownError(
            msg("There is no mapping “{name}”, neither a file nor a registered one.", name=word),
            expected=msg("The registered mappings are: {names}.", names=list(_found())),
            remedy=did_you_mean(word, [*_found(), *_beside(path)])
            or msg("“primaire mapping FILE -o {name}” writes one to begin with.", name=path.with_suffix(_ENDING).name),
        )
    return parse_mapping(_text_of(path), word)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            msg(
                "“{name}” is not text in UTF-8, as TOML is: byte {byte} cannot be read.",
                name=str(path),
                byte=error.start,
            ),
            remedy=msg("Save it again in UTF-8."),
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(msg("“{name}” cannot be read: {reason}.", name=str(path), reason=reason)) from error


def _beside(path: Path) -> list[str]:
    try:
        return [str(other) for other in path.parent.glob(f"*{_ENDING}")]
    except OSError:
        return []


@cache
def _found() -> dict[str, _Shipped | _Brought]:
    """Return where each mapping is, without reading any."""
    found: dict[str, _Shipped | _Brought] = {}
    every: list[_Shipped | _Brought] = [*_shipped(), *_brought()]
    for one in every:
        first = found.setdefault(one.name, one)
        if first is not one:
            packages = [first.package, one.package]
            raise SourceError(
                msg("Two packages bring a mapping “{name}”: {packages}.", name=one.name, packages=packages),
                remedy=msg("Remove one of them."),
            )
    return found


def _shipped() -> Iterator[_Shipped]:
    for file in sorted(
        files("primaire").joinpath("sources", "meaning", "mappings").iterdir(), key=lambda file: file.name
    ):
        if file.name.endswith(_ENDING):
            yield _Shipped(file.name.removesuffix(_ENDING), file)


def _brought() -> Iterator[_Brought]:
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        yield _Brought(point.name, point, point.dist.name if point.dist else point.module)


@cache
def _read(found: _Shipped | _Brought) -> Mapping:
    try:
        return parse_mapping(found.text(), found.name)
    except PrimaireError as error:
        problems, reason = error.problems, error.seen
    except Exception as error:  # noqa: BLE001  whatever another package's code does wrong
        problems, reason = (), msg("{kind}: {text}", kind=type(error).__name__, text=str(error))
    raise SourceError(
        msg(
            "The mapping “{name}” of the package “{package}” is broken: {reason}",
            name=found.name,
            package=found.package,
            reason=reason,
        ),
        remedy=msg("Tell its authors, or remove the package."),
        problems=problems,
    )
