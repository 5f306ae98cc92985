"""The commands: each is one walk from sources to a table, in a few lines."""

from typing import Final

from primaire.cli.commands import data, law, pictures, trust, votes
from primaire.cli.commands.registry import Entry

COMMANDS: Final[dict[str, Entry]] = {
    **votes.COMMANDS,
    **law.COMMANDS,
    **trust.COMMANDS,
    **pictures.COMMANDS,
    **data.COMMANDS,
}
"""Every command by its name, in the order of the help."""

__all__ = ["COMMANDS", "Entry"]
