"""The libraries of the extra ``charts``, loaded when they are used, and named where they are not installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from primaire.errors import ExtraMissingError
from primaire.messages import msg


def library(name: str) -> Any:
    """Return a module of the extra ``charts``.

    Raises:
        ExtraMissingError: the extra is not installed; it says what to type.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise ExtraMissingError(
            msg("Pictures need libraries that are not installed: {name}.", name=error.name or name),
            remedy=msg("Install them: {command}", command="pip install 'primaire[charts]'"),
        ) from error
