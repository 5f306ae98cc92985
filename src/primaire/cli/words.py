"""The words of the command line, handed over as they are typed, and typer's own words in the user's language.

typer converts them with pydantic, whose import costs a fifth of the time that a table takes. All options of primaire are
words or switches, and what a word must be is said by primaire, in the user's language.
"""

from __future__ import annotations

from gettext import gettext
from typing import Any

from typer.core import TyperCommand, TyperGroup


class _AsTyped:
    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002  typer's signature
        """Return the word, or the list of words, that was typed."""
        return list(value) if isinstance(value, tuple) else value


def _as_typed(params: list[Any]) -> list[Any]:
    for param in params:
        param.get_runtime_param = _AsTyped
    return params


def _translated(option: Any) -> Any:
    option.help = gettext(option.help)
    return option


class Command(TyperCommand):
    """A command whose options are words and switches."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option ``--help``, which only typer describes."""
        return _translated(super().get_help_option(ctx))

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options, each taking words as they are."""
        return _as_typed(super().get_params(ctx))


class Group(TyperGroup):
    """A group of such commands."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option ``--help``, which only typer describes."""
        return _translated(super().get_help_option(ctx))

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options, each taking words as they are."""
        return _as_typed(super().get_params(ctx))
