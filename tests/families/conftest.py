"""Files of made-up figures in the layouts of the published ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.families.made_up import Row, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@pytest.fixture
def written(tmp_path) -> Callable[..., Path]:
    """Return what writes rows, or a text, as a file of some name."""

    def write(name: str, rows: Sequence[Row] | str, *, encoding: str = "utf-8", **style: object) -> Path:
        path: Path = tmp_path / name
        body = rows if isinstance(rows, str) else text(rows, **style)  # type: ignore[arg-type]  # the style's keywords
        path.write_bytes(body.encode(encoding))
        return path

    return write
