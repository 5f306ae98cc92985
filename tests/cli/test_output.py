"""Where answers go: a file is replaced whole or not at all, and holds what standard output would."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import threading
from pathlib import Path
from typing import Any, NoReturn

import pytest

from primaire.render import FORMATS

ROUND_2 = ("results", "conflans", "--round", "2")
TEXTS = [name for name, entry in FORMATS.items() if not entry.binary]
EXTENSIONS = {extension: name for name, entry in FORMATS.items() for extension in entry.extensions}

posix = pytest.mark.skipif(os.name == "nt", reason="modes, links and pipes of POSIX")


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def fail(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


# The same bytes, the right format


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_file_holds_what_standard_output_does(run, here, name, lang):
    words = (*ROUND_2, "--format", name, "--lang", lang)
    printed, written = run(*words), run(*words, "-o", "a.out")
    assert (printed.code, written.code, written.out, written.err) == (0, 0, "", "")
    assert printed.data
    assert (here / "a.out").read_bytes() == printed.data
    assert files(here) == {"a.out"}


@pytest.mark.parametrize("name", [name for name, entry in FORMATS.items() if entry.binary])
def test_a_format_that_is_not_text_goes_through_a_pipe(run, here, name):
    """The bytes of these formats tell the time of writing, so that only their kind is compared."""
    printed, written = run(*ROUND_2, "--format", name), run(*ROUND_2, "--format", name, "-o", "a.out")
    assert (printed.code, written.code) == (0, 0)
    assert printed.data[:4] == (here / "a.out").read_bytes()[:4]
    assert printed.data[:4] in (b"PK\x03\x04", b"PAR1")


@pytest.mark.parametrize(("extension", "name"), EXTENSIONS.items())
def test_the_extension_decides(run, here, extension, name):
    assert run(*ROUND_2, "-o", f"a{extension}").code == 0
    assert run(*ROUND_2, "-o", "same", "--format", name).code == 0
    assert (here / f"a{extension}").read_bytes()[:64] == (here / "same").read_bytes()[:64]


def test_the_case_of_the_extension_does_not_matter(run, here):
    assert run(*ROUND_2, "-o", "A.CSV").code == 0
    assert (here / "A.CSV").read_bytes().startswith(b"election,")


def test_the_format_wins_over_the_extension(run, here):
    assert run(*ROUND_2, "-o", "a.csv", "--format", "jsonl").code == 0
    assert (here / "a.csv").read_bytes().startswith(b"{")


@pytest.mark.parametrize("name", ["a.doc", "a", "csv", ".csv.bak"])
def test_a_name_that_tells_no_format_is_refused(run, here, name):
    done = run(*ROUND_2, "-o", name)
    assert (done.code, done.out) == (2, "")
    assert all(extension in done.err for extension in EXTENSIONS)
    assert files(here) == set()


def test_a_file_is_as_readable_as_others(run, here):
    assert run(*ROUND_2, "-o", "a.csv").code == 0
    Path("b").touch()
    assert stat.S_IMODE((here / "a.csv").stat().st_mode) == stat.S_IMODE((here / "b").stat().st_mode)


@pytest.mark.parametrize("command", [(*ROUND_2, "-o", "a.csv"), ("template", "-o", "a.csv")])
def test_a_file_is_replaced_whole(run, here, command):
    (here / "a.csv").write_text("old\n" * 10000)
    assert run(*command).code == 0
    assert "old" not in (here / "a.csv").read_text()
    assert files(here) == {"a.csv"}


# Where it cannot be written


@pytest.mark.parametrize("command", [ROUND_2, ("template",)])
@pytest.mark.parametrize("name", ["none/a.csv", "folder.csv", "plain/a.csv"])
def test_what_cannot_be_written_is_refused(run, here, command, name):
    """A folder that is not there, a folder in place of the file, a file in place of the folder."""
    (here / "folder.csv").mkdir()
    (here / "plain").write_text("mine")
    done = run(*command, "-o", name)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: ")
    assert name.split("/")[0] in done.err
    assert files(here) == {"folder.csv", "plain"}
    assert files(here / "folder.csv") == set()
    assert (here / "plain").read_text() == "mine"


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="everything may be written here")
def test_a_folder_without_permission_is_refused(run, here):
    (here / "folder").mkdir(mode=0o500)
    done = run(*ROUND_2, "-o", "folder/a.csv")
    assert done.code == 2
    assert files(here / "folder") == set()


def test_a_file_stays_when_rendering_fails(run, here, monkeypatch):
    (here / "a.csv").write_text("old")
    with monkeypatch.context() as broken:
        broken.setattr("primaire.render.registry.Format.render", fail)
        done = run(*ROUND_2, "-o", "a.csv")
    assert (done.code, done.out) == (70, "")
    assert (here / "a.csv").read_text() == "old"
    assert files(here) == {"a.csv"}


@pytest.mark.parametrize("step", ["tempfile.mkstemp", "os.fdopen", "pathlib.Path.chmod", "pathlib.Path.replace"])
def test_a_file_stays_when_writing_fails(run, here, monkeypatch, step):
    (here / "a.csv").write_text("old")
    with monkeypatch.context() as broken:
        broken.setattr(step, fail)
        done = run(*ROUND_2, "-o", "a.csv")
    assert (done.code, done.out) == (2, "")
    assert done.err == "Error: “a.csv” cannot be written: No space left on device.\n"
    assert (here / "a.csv").read_text() == "old"
    assert files(here) == {"a.csv"}


def test_a_file_stays_when_the_user_interrupts(run, here, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    (here / "a.csv").write_text("old")
    with monkeypatch.context() as broken:
        broken.setattr("pathlib.Path.chmod", interrupt)
        done = run(*ROUND_2, "-o", "a.csv")
    assert done.code == 130
    assert (here / "a.csv").read_text() == "old"
    assert files(here) == {"a.csv"}


# Links, pipes and devices


@posix
def test_through_a_link_its_target_is_replaced(run, here):
    (here / "there").mkdir()
    (here / "there" / "b.csv").write_text("old")
    (here / "a.csv").symlink_to(Path("there") / "b.csv")
    assert run(*ROUND_2, "-o", "a.csv").code == 0
    assert (here / "a.csv").is_symlink()
    assert (here / "there" / "b.csv").read_bytes().startswith(b"election,")
    assert files(here / "there") == {"b.csv"}


@posix
def test_a_link_to_nothing_yet_makes_its_target(run, here):
    (here / "a.csv").symlink_to("b.csv")
    assert run(*ROUND_2, "-o", "a.csv").code == 0
    assert (here / "a.csv").is_symlink()
    assert (here / "b.csv").read_bytes().startswith(b"election,")


@posix
def test_the_mode_of_a_file_is_kept(run, here):
    (here / "a.csv").touch(mode=0o600)
    assert run(*ROUND_2, "-o", "a.csv").code == 0
    assert stat.S_IMODE((here / "a.csv").stat().st_mode) == 0o600


@posix
def test_a_named_pipe_is_written_to(run, here):
    os.mkfifo(here / "pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((here / "pipe").read_bytes()), daemon=True)
    reader.start()
    done = run(*ROUND_2, "--format", "csv", "-o", "pipe")
    reader.join(timeout=10)
    assert done.code == 0
    assert read[0].startswith(b"election,")
    assert stat.S_ISFIFO((here / "pipe").stat().st_mode)


# Export


def test_every_table_goes_into_one_folder(run, here):
    done = run("export", "conflans", "-o", "new/tables")
    assert (done.code, done.out) == (0, "")
    written = files(here / "new" / "tables")
    assert done.err == f"{len(written)} files written to {Path('new/tables')}.\n"
    assert {
        f"{name}.csv"
        for name in ("ballots", "votes", "candidates", "contests", "results", "swing", "turnout", "indices")
    } <= written


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_exported(run, here, name):
    done = run("export", "conflans", "-o", "tables", "--format", name, "-q")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert {path.suffix for path in (here / "tables").iterdir()} == {(FORMATS[name].extensions or (".txt",))[0]}


def test_an_exported_table_is_the_one_that_its_command_prints(run, here):
    run("export", "conflans", "-o", "tables")
    assert (here / "tables" / "swing.csv").read_bytes() == run("swing", "conflans", "--format", "csv").data


def test_an_export_without_a_folder_is_refused(run, here):
    done = run("export", "conflans")
    assert (done.code, done.out) == (2, "")
    assert "-o" in done.err
    assert files(here) == set()


def test_a_file_in_place_of_the_folder_is_refused(run, here):
    (here / "tables").write_text("mine")
    done = run("export", "conflans", "-o", "tables")
    assert (done.code, done.out) == (2, "")
    assert (here / "tables").read_text() == "mine"


def test_an_export_leaves_all_as_it_was_when_one_file_cannot_be_written(run, here, monkeypatch):
    (here / "tables").mkdir()
    (here / "tables" / "ballots.csv").write_text("old")
    made = tempfile.mkstemp
    calls: list[object] = []

    def third_fails(*words: Any, **named: Any) -> object:
        calls.append(named)
        return made(*words, **named) if len(calls) < 3 else fail()

    with monkeypatch.context() as broken:
        broken.setattr("tempfile.mkstemp", third_fails)
        done = run("export", "conflans", "-o", "tables")
    assert (done.code, done.out) == (2, "")
    assert (here / "tables" / "ballots.csv").read_text() == "old"
    assert files(here / "tables") == {"ballots.csv"}


def test_an_export_writes_nothing_when_the_source_is_refused(run, here, write):
    assert run("export", write("candidate,votes\nA,x\n"), "-o", "tables").code == 3
    assert files(here) == {"a.csv"}


def test_an_export_that_fails_midway_puts_back_what_was_there(run, here, monkeypatch):
    folder = here / "tables"
    folder.mkdir()
    for name in ("ballots", "candidates", "contests"):
        (folder / f"{name}.csv").write_text("old", encoding="utf-8")
    replace = type(folder).replace
    moved = []

    def stop_at_the_third(self, target):
        moved.append(target)
        if len(moved) == 3:
            raise PermissionError(13, "open in a spreadsheet")
        return replace(self, target)

    monkeypatch.setattr(type(folder), "replace", stop_at_the_third)
    done = run("export", "conflans", "-o", str(folder))
    assert done.code == 2
    assert "cannot be written" in done.err
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == {
        "ballots.csv": "old",
        "candidates.csv": "old",
        "contests.csv": "old",
    }
