"""Print a pip constraints file that pins each direct dependency to the lowest version that pyproject.toml allows."""

from __future__ import annotations

import tomllib

from tools.environment import ROOT


def lowest(requirements: list[str]) -> list[str]:
    """Return exact pins for requirements with a lower bound.

    >>> lowest(["pandas>=3.0", "typer >= 0.29, <1", "tabulate[widechars]>=0.9"])
    ['pandas==3.0', 'typer==0.29', 'tabulate==0.9']
    """
    pins = []
    for requirement in requirements:
        name, bound, rest = requirement.partition(">=")
        if not bound:
            raise ValueError(f"{requirement!r} has no lower bound, such as {requirement}>=1.0")
        # pip takes no extras in a constraint.
        pins.append(f"{name.split('[')[0].strip()}=={rest.split(',')[0].strip()}")
    return pins


if __name__ == "__main__":
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    print("\n".join(lowest([*project["dependencies"], *project["optional-dependencies"]["charts"]])))
