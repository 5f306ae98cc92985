"""See that an installed primaire is whole: every module imports, and its data, types and translations are there.

Run as a file with the Python it is installed for, it needs nothing else of the checkout:
``python tools/installed.py``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.resources import files
from pkgutil import walk_packages

import primaire
from primaire.sources.opening.content import DATASETS


def main() -> None:
    modules = [
        module.name for module in walk_packages(primaire.__path__, "primaire.") if module.name != "primaire.__main__"
    ]
    for name in modules:
        import_module(name)
    wanted = ["py.typed", "locale/fr/LC_MESSAGES/primaire.mo", *(f"data/{name}" for name in DATASETS.values())]
    missing = [name for name in wanted if not files(primaire).joinpath(name).is_file()]
    if missing:
        sys.exit(f"primaire is installed without {', '.join(missing)}")
    print(f"{len(modules)} modules import; {', '.join(wanted)} are there")


if __name__ == "__main__":
    main()
