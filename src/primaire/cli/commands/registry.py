"""How a command is put down: under its name, with its help and examples."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A command before it is put on the command line: its function, its help, and examples."""

    function: Callable[..., None]
    help: str
    examples: tuple[str, ...]


class Commands(dict[str, Entry]):
    """Commands by their names, in the order in which they are put down."""

    def add(self, help: str, *examples: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Put a command down under its function's name."""

        def put_down(function: Callable[..., None]) -> Callable[..., None]:
            self[function.__name__] = Entry(function, help, examples)
            return function

        return put_down
