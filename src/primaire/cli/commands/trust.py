"""Whether the figures hold: checks of a result, its publications beside each other, and what could overturn it.

Analyses are imported inside the commands: ``primaire --help`` loads none of them, nor pandas. Annotations are left as
they are (no ``from __future__``): typer reads them, and text would have to be evaluated again.
"""

from primaire.cli.commands.registry import Commands

COMMANDS = Commands()
