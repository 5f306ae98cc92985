"""Draw the pictures that README.md and docs/ show, into ``docs/pictures/``: ``python -m tools.pictures``.

Each is what its command writes. Those of Brest need the published results that the project does not ship, and stay as they
are where these are not there.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from tools.environment import ROOT, neutral_environment

PICTURES = ROOT / "docs" / "pictures"
_BREST = "fr-brest-finistere"
_ROUNDS = f"{_BREST}/circos23-tour1.csv {_BREST}/circos23-tour2.csv"

COMMANDS = {
    "results.svg": "chart results --election primaire --round 2 --theme auto",
    "slopes.svg": "chart slopes --election primaire --theme auto",
    "swing.svg": "chart swing --election primaire --theme auto",
    "compare.svg": "chart compare --against national --election primaire --round 1 --theme auto",
    "seats.svg": "chart seats docs/examples/municipales_2020_angers.csv --seats 59 --rules municipales-2014 --theme auto",
}
"""The pictures of what ships, by file."""

OF_BREST = {
    "turnout.svg": f"chart turnout {_BREST}/circos23-tour1.csv --contest 29011 --theme auto",
    "transfers.svg": f"chart transfers {_ROUNDS} --contest 29011 --theme auto",
    "map.svg": f"map {_BREST}/circos23-tour1.csv --shapes contours/BureauxVoteBrest.geojson --theme auto",
}
"""The pictures of the polling stations of Brest, by file; paths are within the folder of published results."""


def published() -> Path | None:
    """Return the folder of published results that PRIMAIRE_DATA names; None where there is none."""
    folder = Path(os.environ.get("PRIMAIRE_DATA") or ROOT / ".." / "shared" / "data")
    return folder.resolve() if folder.is_dir() else None


def drawn(command: str, folder: Path) -> bytes:
    """Return what a command draws in a folder. Raises CalledProcessError if it fails."""
    words = [sys.executable, "-m", "primaire", *shlex.split(command), "--quiet", "--format", "svg"]
    return subprocess.run(words, cwd=folder, env=neutral_environment(), check=True, capture_output=True).stdout


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    folder = published()
    if folder is None:
        print("The pictures of Brest stay as they are: PRIMAIRE_DATA names no folder.")
    for commands, place in ((COMMANDS, ROOT), (OF_BREST, folder)):
        for name, command in commands.items() if place is not None else ():
            (PICTURES / name).write_bytes(drawn(command, place or ROOT))
            print(f"docs/pictures/{name}: primaire {command}")


if __name__ == "__main__":
    main()
