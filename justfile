# Every check and chore of the house. People, the hooks before a commit and CI all run these, so each is defined once.
#
# `.venv/bin/just check` works without activating anything: if just lies in a virtual environment, that one is used.

bin := parent_directory(just_executable())
export PATH := if path_exists(bin / ".." / "pyvenv.cfg") == "true" { bin + PATH_VAR_SEP + env("PATH") } else { env("PATH") }

set windows-shell := ["powershell.exe", "-NoLogo", "-Command"]

[private]
list:
    @just --list --unsorted

# everything that must hold before a change goes in
check: static coverage

# what can be said of the code without running it
static: format-check lint types imports dependencies

# the layout is the formatter's
format-check:
    ruff format --check .

# ruff, with every rule but those that pyproject.toml takes out, each for its reason
lint:
    ruff check .

# mypy --strict
types:
    mypy

# the layers of the house
imports:
    lint-imports

# what is imported is declared, what is declared is imported
dependencies:
    deptry src

# the tests, with options of pytest; they also see that messages, docs/cli.md and README's examples are up to date
test *options:
    pytest {{ options }}

# the tests, and which branches they leave untouched
coverage:
    pytest --cov --cov-report=term

# format, and mend what the linter can mend
fix:
    ruff format .
    ruff check --fix --exit-zero .
    ruff format .

# speed, as ratios to a yardstick on the same machine
bench *options:
    python -m benchmarks {{ options }}

# bring the message catalogues in line with the source and compile them; `just messages de` begins one
messages *languages:
    python -m tools.messages {{ languages }}

# write docs/cli.md from --help, and the output of every example in README.md and docs/
docs:
    python -m tools.docs

# the pictures that README and docs/ show, from real runs: a terminal, charts and a map
pictures:
    python -m tools.picture
    python -m tools.pictures
