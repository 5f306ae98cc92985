"""Standard output and files: the only module that writes data. ``-o FILE`` and ``> FILE`` give the same bytes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from primaire.cli.language import checked
from primaire.errors import OutputError
from primaire.messages import msg

if TYPE_CHECKING:
    from primaire.charts.formats import PictureFormat
    from primaire.charts.picture import Picture
    from primaire.cli.options import Display
    from primaire.render import Format
    from primaire.table import Table


def show(table: Table, display: Display) -> None:
    """Render a table, and write it to the file or to standard output.

    Raises:
        NameUnknownError: the format or the language does not exist.
        OutputError: the file cannot be written, or bytes that are not text would go to a terminal.
    """
    from primaire.render.language import Language

    chosen = chosen_format(display)
    language = Language(checked(display.lang))
    if display.output is None and chosen.name == "table" and sys.stdout.isatty():
        from primaire.render.terminal import print_table

        width = shutil.get_terminal_size().columns
        print_table(table, language, stream=sys.stdout, width=width, colour=_colour(display))
        return
    write(chosen.render(table, language), display.output, text=not chosen.binary)


def chosen_format(display: Display) -> Format:
    """Return the format that is asked for by name, else by the output's extension, else the table."""
    from primaire.render import find, format_for

    if display.format is not None:
        return find(display.format)
    if display.output is None:
        return find("table")
    check_target(display.output)
    return format_for(display.output)


def chosen_picture_format(output: str | None, name: str | None) -> PictureFormat:
    """Return the format of a picture that is asked for by its name, else by the output's extension; svg without either.

    Raises:
        NameUnknownError: there is no such format.
        OutputError: it would go to a terminal.
    """
    from primaire.charts.formats import find, format_for

    if output is None and sys.stdout.isatty():
        raise OutputError(
            msg("A picture needs a file to go to."), remedy=msg("Name one with -o: -o picture.svg, .png, .pdf or .html")
        )
    if output is not None:
        check_target(output)
    if name is not None:
        return find(name)
    return find("svg") if output is None else format_for(output)


def check_target(output: str | Path) -> None:
    """Raise OutputError where no file can be written: the name is that of a folder, or of a file in a folder that is not there."""
    path = Path(output)
    if path.is_dir():
        raise OutputError(msg("“{path}” is a directory.", path=str(output)), remedy=msg("Name a file in it."))
    if not path.resolve().parent.is_dir():
        raise OutputError(
            msg("There is no folder “{path}”.", path=str(path.parent)), remedy=msg("Make it first, or name another.")
        )


def show_picture(picture: Picture, output: str | None, name: str | None) -> None:
    """Write a picture to its file or to standard output. Raises as :func:`chosen_picture_format` and :func:`write`."""
    chosen = chosen_picture_format(output, name)
    write(chosen.draw(picture), output, text=not chosen.binary)


def draws(display: Display) -> bool:
    """Tell whether the answer is shown with what is drawn beside figures: as the table of a terminal, or a file of it."""
    return chosen_format(display).name == "table"


def write(data: bytes, output: str | None, *, text: bool) -> None:
    """Write bytes to a file, whole or not at all, or to standard output. Raises OutputError."""
    if output is not None:
        write_files({Path(output): data})
    elif not sys.stdout.isatty():
        _pipe(data)
    elif text:
        from primaire.render.safe import encode

        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(encode(data.decode(), encoding).decode(encoding))
        sys.stdout.flush()
    else:
        raise OutputError(
            msg("This format is not text, and standard output is a terminal."),
            remedy=msg("Name a file with -o, or redirect the output."),
        )


def _pipe(data: bytes) -> None:
    try:
        # Files and pipes are UTF-8 whatever the console's encoding, so that > FILE and -o FILE agree.
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # not a mistake: who reads has seen enough
    except OSError as error:
        raise OutputError(
            msg("Standard output cannot be written: {reason}.", reason=error.strerror or str(error))
        ) from error


def write_files(contents: dict[Path, bytes]) -> None:
    """Replace files, all or none: everything is on disk beside its target before the first one is replaced.

    Raises:
        OutputError: a file cannot be written; those that were there are untouched.
    """
    ready: dict[Path, Path] = {}
    try:
        for path, data in contents.items():
            check_target(path)
            if path.exists() and not path.is_file():
                path.write_bytes(data)  # a pipe or a device is written to, never replaced
            else:
                ready[path] = _beside(path, data)
        _replace_all({path.resolve(): temporary for path, temporary in ready.items()})
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(msg("“{path}” cannot be written: {reason}.", path=str(path), reason=reason)) from error
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)


def _replace_all(ready: dict[Path, Path]) -> None:
    """Move files to their targets; if one cannot be moved, put back what was at those before it."""
    before: dict[Path, bytes | None] = {}
    try:
        for target, temporary in ready.items():
            # A single file is replaced in one step, and needs no way back.
            before[target] = target.read_bytes() if len(ready) > 1 and target.exists() else None
            temporary.replace(target)
    except OSError:
        for target, old in list(before.items())[:-1]:
            if old is None:
                target.unlink(missing_ok=True)
            else:
                _beside(target, old).replace(target)
        raise


def _beside(path: Path, data: bytes) -> Path:
    # Through a link, the file that it points to is replaced, not the link.
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _colour(display: Display) -> bool:
    return not (display.no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb")
