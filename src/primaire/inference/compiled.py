"""How the loops over units are compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba

if TYPE_CHECKING:
    from collections.abc import Callable


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function at its first call, and keep the result for later runs where a folder for it can be written.

    The function lets go of Python's lock: parts are estimated on several cores at once.
    """
    try:
        return numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # neither the program's folder nor the user's can be written: compiled anew in each run
        return numba.njit(nogil=True, error_model="numpy")(function)
