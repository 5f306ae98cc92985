"""The bytes of a source, wherever they are: a file, standard input, or a data set that ships."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from primaire.errors import SourceError
from primaire.matching import closest
from primaire.messages import msg

DATASETS: Final = {
    "conflans": "conflans_results.csv",
    "national": "primaire_2017_national.csv",
    "yvelines": "primaire_2017_yvelines.csv",
}
"""The data sets that ship, by name. They are the files of ``data/``, each described in ``data/README.md``."""

DEFAULT: Final = "conflans"


@dataclass(frozen=True)
class Content:
    """What a source holds: the name the user gave, a title for defaults (the file's name without its ending), bytes."""

    name: str
    title: str
    data: bytes

    @property
    def digest(self) -> str:
        return sha256(self.data).hexdigest()


def dataset_path(name: str) -> Path:
    """Return the path of a data set that ships: inside the package where it is installed, else in the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "data"
    return (installed if installed.is_dir() else package.parents[1] / "data") / DATASETS[name]


def open_content(source: str | Path) -> Content:
    """Return what a source holds.

    Args:
        source: the name of a data set that ships, ``-`` for standard input, or a path. A data set's name wins over a
            file of the same name; write ``./national`` for the file.

    Raises:
        SourceError: there is no such file, it is a directory, it may not be read, or it is empty.
    """
    name = str(source)
    if isinstance(source, str) and source in DATASETS:
        return Content(name, DATASETS[source].removesuffix(".csv"), dataset_path(source).read_bytes())
    if name == "-":
        return _not_empty(Content("-", "standard input", sys.stdin.buffer.read()))
    if not name.strip():
        raise SourceError(
            msg("A source has no name."), remedy=msg("Name a file, “-” for standard input, or a data set.")
        )
    path = Path(name)
    try:
        return _not_empty(Content(name, path.stem, path.read_bytes()))
    except FileNotFoundError:
        near = closest(name, _neighbours(path))
        raise SourceError(
            msg("There is no file “{name}”, and no data set of that name.", name=name),
            expected=msg("The data sets that ship are: {datasets}.", datasets=list(DATASETS)),
            remedy=msg("Did you mean “{near}”?", near=near) if near else None,
        ) from None
    except IsADirectoryError:
        raise _directory(name) from None
    except PermissionError:
        # Windows answers so for a directory.
        raise (
            _directory(name)
            if path.is_dir()
            else SourceError(msg("“{name}” may not be read: permission denied.", name=name))
        ) from None
    except (OSError, ValueError) as error:
        raise SourceError(msg("“{name}” cannot be read: {reason}.", name=name, reason=str(error))) from error


def _not_empty(content: Content) -> Content:
    if content.data.strip():
        return content
    raise SourceError(
        msg("“{name}” is empty.", name=content.name),
        expected=msg("A source has a header and at least one row."),
        remedy=msg("“primaire template” prints a file to start from."),
    )


def _directory(name: str) -> SourceError:
    return SourceError(
        msg("“{name}” is a directory.", name=name),
        expected=msg("A source is a file, “-” for standard input, or the name of a data set."),
        remedy=msg("Name the files in it; several files are read as one data set."),
    )


def _neighbours(path: Path) -> list[str]:
    try:
        beside = [
            str(path.parent / other.name) if path.parent != Path() else other.name for other in path.parent.iterdir()
        ]
    except OSError:
        beside = []
    return [*DATASETS, *beside]
