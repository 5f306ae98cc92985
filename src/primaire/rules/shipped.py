"""The rules that ship (``files/*.toml``), and those of users' own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from primaire.errors import NameUnknownError, SourceError
from primaire.matching import fold
from primaire.messages import msg
from primaire.rules.rule_file import parse_rule
from primaire.suggestion import did_you_mean

if TYPE_CHECKING:
    from primaire.rules.rule import Rule

_ENDING: Final = ".toml"


@cache
def shipped() -> tuple[Rule, ...]:
    """Return the rules that ship, in the order of their names. They are read when they are first asked for."""
    found = sorted(
        (file for file in files(__package__).joinpath("files").iterdir() if file.name.endswith(_ENDING)),
        key=lambda file: file.name,
    )
    return tuple(parse_rule(file.read_text(encoding="utf-8"), file.name.removesuffix(_ENDING)) for file in found)


def families() -> dict[str, tuple[Rule, ...]]:
    """Return the rules that ship by what they are asked for by: the first word of their names, such as ``municipales``."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in shipped():
        word = rule.name.partition("-")[0]
        found[word] = (*found.get(word, ()), rule)
    return found


def rules_called(word: str) -> tuple[Rule, ...]:
    """Return the rules that ``--rules`` names: the one of a file, one that ships, or all of a kind that do.

    Raises:
        SourceError: the file cannot be read, or is no rule that can be used.
        NameUnknownError: neither a file nor a rule is called so, or the file uses keys or words that do not exist.
    """
    path = Path(word)
    if path.suffix == _ENDING:
        return (_read(path),)
    own = {rule.name: (rule,) for rule in shipped()}
    asked = fold(word).replace(" ", "-")
    if asked in own:
        return own[asked]
    several = tuple(rule for rule in shipped() if rule.name.startswith(f"{asked}-"))
    if several:
        return several
    if path.is_file():
        return (_read(path),)
    names = [*families(), *own]
    raise NameUnknownError(
        msg("There are no rules “{name}”, and no such file.", name=word),
        expected=did_you_mean(asked, names) or msg("Rules that ship: {names}.", names=list(families())),
        remedy=msg("Name a file of rules, or rules that ship; docs/rules.md lists them."),
    )


def _read(path: Path) -> Rule:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(
            msg("The rules “{path}” cannot be read: {reason}.", path=str(path), reason=error.strerror or str(error))
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            msg("The rules “{path}” are not UTF-8 text.", path=str(path)), remedy=msg("Save the file as UTF-8.")
        ) from error
    return parse_rule(text, str(path))
