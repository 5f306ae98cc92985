"""The command line: its commands put together, and its own options.

Annotations are left as they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from primaire.cli import completion
from primaire.cli.commands import COMMANDS, Entry
from primaire.cli.language import checked, translated
from primaire.cli.options import with_options
from primaire.cli.words import Command, Group
from primaire.errors import NameUnknownError
from primaire.messages import msg, term
from primaire.suggestion import did_you_mean
from primaire.version import VERSION


def primaire(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help=term("Print the version."), is_eager=True, callback=lambda asked: _version(asked=asked)
        ),
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang", metavar="LANG", help=term("en or fr, for this help."), autocompletion=completion.languages
        ),
    ] = None,
) -> None:
    """The group itself: its options."""
    del version
    checked(lang)


def _version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"primaire {VERSION}")
        raise typer.Exit


def _examples(entry: Entry, lang: str) -> str:
    # The mark \b keeps the lines as they are.
    return "\n".join(["\b", translated(term("Examples:"), lang), *(f"  {example}" for example in entry.examples)])


def check_command(words: Sequence[str]) -> None:
    """Raise NameUnknownError if the first word that is no option names no command."""
    rest = iter(words)
    for word in rest:
        if word == "--lang":
            next(rest, None)
        elif not word.startswith("-"):
            if word not in COMMANDS:
                raise NameUnknownError(
                    msg("There is no command “{name}”.", name=word),
                    expected=did_you_mean(word, COMMANDS),
                    remedy=msg("“primaire --help” shows the commands."),
                )
            return


def build(lang: str, words: Sequence[str] = ()) -> Any:
    """Return the command line, its help in a language.

    Of the commands, only the one that the words name gets its options: to work out those of all takes as long as a
    table. Without words (for completion, and for the reference of the commands) all get theirs.
    """
    app = typer.Typer(
        cls=Group,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help=term(
            "Election results: shares, turnout, swing, who is elected, who gets which seat, and what it all rests on. Offline, from a ten-line file upwards."
        ),
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(primaire)
    named = next((word for word in words if word in COMMANDS), None)
    for name, entry in COMMANDS.items():
        function = with_options(entry.function) if name == named or not words else lambda: None
        app.command(name, cls=Command, help=entry.help, epilog=_examples(entry, lang))(function)
    group: Any = typer.main.get_command(app)
    for part in (group, *group.commands.values()):
        for helped in (part, *part.params):
            if getattr(helped, "help", None):
                helped.help = translated(helped.help, lang)
    return group
