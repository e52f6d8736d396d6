"""What tasks.py decides: versions, paths, what is ready, what the system lacks."""

from __future__ import annotations

import ast
import json
import re
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

import tasks

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("version", [(3, 11), (3, 12, 1), (3, 13)])
def test_supported_versions_pass(version: tuple[int, ...]) -> None:
    """The three versions that the wheels exist for."""
    assert tasks.version_problem(version) is None


@pytest.mark.parametrize("version", [(2, 7), (3, 8), (3, 10, 13), (3, 14)])
def test_other_versions_are_told_in_a_sentence(version: tuple[int, ...]) -> None:
    """The sentence names what is needed and what is there."""
    problem = tasks.version_problem(version)
    assert problem is not None
    assert "3.11" in problem
    assert f"this is Python {version[0]}.{version[1]}" in problem


def test_an_old_python_can_read_the_file() -> None:
    """Python 3.8 must get as far as the sentence."""
    ast.parse((ROOT / "tasks.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_an_old_python_is_refused_with_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is set up before the version is known."""
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    assert tasks.main(["test"]) == 2
    assert "Python 3.8" in capsys.readouterr().err


def test_programs_on_windows() -> None:
    """Windows keeps them in Scripts, with a suffix, and allows spaces."""
    venv = PureWindowsPath(r"C:\Documents and Settings\Piano fibra\.venv")
    path = tasks.venv_program(venv, "python", is_windows=True)
    assert str(path) == r"C:\Documents and Settings\Piano fibra\.venv\Scripts\python.exe"


def test_programs_elsewhere() -> None:
    """Everywhere else they are in bin."""
    venv = PurePosixPath("/a folder/.venv")
    assert str(tasks.venv_program(venv, "ruff", is_windows=False)) == "/a folder/.venv/bin/ruff"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with the two files that decide about the environment."""
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "constraints.txt").write_text("a==1\n", encoding="utf-8")
    return tmp_path


def test_the_fingerprint_follows_pins_python_system_and_place(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each of them changes what must be installed; line ends do not."""
    first = tasks.fingerprint(project, "3.11.7", "Linux")
    assert first == tasks.fingerprint(project, "3.11.7", "Linux")
    assert first != tasks.fingerprint(project, "3.12.1", "Linux")
    assert first != tasks.fingerprint(project, "3.11.7", "Windows")
    (project / "constraints.txt").write_bytes(b"a==1\r\n")
    assert first == tasks.fingerprint(project, "3.11.7", "Linux")
    (project / "constraints.txt").write_text("a==2\n", encoding="utf-8")
    assert first != tasks.fingerprint(project, "3.11.7", "Linux")
    moved = tmp_path_factory.mktemp("elsewhere")
    for name in ("pyproject.toml", "constraints.txt"):
        (moved / name).write_bytes((project / name).read_bytes())
    assert tasks.fingerprint(moved, "3.11.7", "Linux") != tasks.fingerprint(
        project, "3.11.7", "Linux"
    )


def test_an_environment_is_ready_when_it_holds_what_is_wanted() -> None:
    """The tests need more than the demo does."""
    assert tasks.is_ready({"fingerprint": "x", "tests": True}, "x", with_tests=True)
    assert tasks.is_ready({"fingerprint": "x", "tests": True}, "x", with_tests=False)
    assert tasks.is_ready({"fingerprint": "x", "tests": False}, "x", with_tests=False)
    assert not tasks.is_ready({"fingerprint": "x", "tests": False}, "x", with_tests=True)
    assert not tasks.is_ready({"fingerprint": "y", "tests": True}, "x", with_tests=False)
    assert not tasks.is_ready({}, "x", with_tests=False)


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_a_damaged_stamp_counts_as_none(tmp_path: Path, text: str) -> None:
    """A half-made environment is made anew, not trusted."""
    (tmp_path / tasks.STAMP).write_text(text, encoding="utf-8")
    assert tasks.read_stamp(tmp_path) == {}


def test_a_stamp_is_read_back(tmp_path: Path) -> None:
    """What was written is what is read."""
    (tmp_path / tasks.STAMP).write_text(json.dumps({"fingerprint": "x"}), encoding="utf-8")
    assert tasks.read_stamp(tmp_path) == {"fingerprint": "x"}
    assert tasks.read_stamp(tmp_path / "missing") == {}


class Recorder:
    """Stands for the steps of a set-up, and can fail at one of them."""

    def __init__(self, fails_at: str = "") -> None:
        self.calls: list[str] = []
        self.fails_at = fails_at

    def step(self, name: str) -> object:
        def call(*_arguments: object) -> None:
            self.calls.append(name)
            if name == self.fails_at:
                raise tasks.Stop(name)

        return call


def set_up(project: Path, patch: pytest.MonkeyPatch, fails_at: str = "") -> list[str]:
    """Run a set-up of ``project`` with recorded steps and return their names."""
    recorder = Recorder(fails_at)
    patch.setattr(tasks, "ROOT", project)
    for name in ("create_venv", "install_packages", "warm_up"):
        patch.setattr(tasks, name, recorder.step(name))
    python = Path(tasks.program("python"))
    python.parent.mkdir(parents=True, exist_ok=True)
    python.touch()
    try:
        tasks.ensure_environment(with_tests=True)
    except tasks.Stop:
        recorder.calls.append("stopped")
    return recorder.calls


def test_a_second_set_up_does_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeatable, and quick when nothing changed."""
    assert set_up(project, monkeypatch) == ["create_venv", "install_packages", "warm_up"]
    assert set_up(project, monkeypatch) == []


def test_a_set_up_that_broke_off_is_done_anew(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No stamp is left by a failure, whatever stood there before."""
    set_up(project, monkeypatch)
    (project / "constraints.txt").write_text("a==2\n", encoding="utf-8")
    broken = set_up(project, monkeypatch, fails_at="install_packages")
    assert broken == ["create_venv", "install_packages", "stopped"]
    assert set_up(project, monkeypatch) == ["create_venv", "install_packages", "warm_up"]


def test_missing_libraries_are_named_by_package() -> None:
    """Only what the loader does not find, each package once."""
    libraries = {"liba.so.1": "liba1", "liba-extra.so.1": "liba1", "libb.so.2": "libb2"}
    assert tasks.missing_packages(libraries, lambda name: name == "libb.so.2") == ["liba1"]
    assert tasks.missing_packages(libraries, lambda name: True) == []


def test_a_library_that_is_nowhere_cannot_be_loaded() -> None:
    """The loader's refusal is an answer, not an error."""
    assert not tasks.can_load("libanello-is-nowhere.so.9")


def test_package_names_are_debian_s() -> None:
    """Lower case, digits, dots, plus and minus; libraries end in a version."""
    libraries = {**tasks.QT_LIBRARIES, **tasks.SCREEN_LIBRARIES}
    assert all(re.fullmatch(r"lib[a-z0-9+.-]+", name) for name in libraries.values())
    assert all(re.search(r"\.so\.\d+$", name) for name in libraries)


def test_arguments_after_two_dashes_go_to_pytest() -> None:
    """Whatever they are."""
    options = tasks.parse(["test", "--long", "--", "-k", "steiner", "--lf"])
    assert options.long
    assert options.pytest_arguments == ["-k", "steiner", "--lf"]


def test_only_the_tests_take_further_arguments() -> None:
    """Nothing is ignored in silence."""
    with pytest.raises(tasks.Stop):
        tasks.parse(["demo", "--", "-k", "x"])


def test_a_folder_of_wheels_must_be_there(tmp_path: Path) -> None:
    """A mistyped folder is told before anything is removed."""
    with pytest.raises(tasks.Stop, match="no folder"):
        tasks.parse(["setup", "--wheels", str(tmp_path / "missing")])
    assert tasks.parse(["setup", "--wheels", str(tmp_path)]).wheels == tmp_path.resolve()


def test_all_steps_run_and_a_failure_counts(capsys: pytest.CaptureFixture[str]) -> None:
    """A failed step does not hide the next one."""
    assert tasks.run_all({"one": lambda: 1, "two": lambda: 0}) == 1
    out = capsys.readouterr().out
    assert re.search(r"one +FAILED", out)
    assert re.search(r"two +passed", out)
    assert tasks.run_all({"two": lambda: 0}) == 0


CATALOGUE = """<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1"><context><name>core</name>
<message><source>done</source><translation>fatto</translation></message>
<message><source>open</source><translation type="unfinished"></translation></message>
<message><source>old</source><translation>vecchio</translation></message>
</context></TS>
"""


def test_what_a_catalogue_lacks_is_named(tmp_path: Path) -> None:
    """Texts that are new, left over, or without a translation."""
    path = tmp_path / "it.ts"
    path.write_text(CATALOGUE, encoding="utf-8")
    kept = tasks.catalogue_texts(path)
    fresh = [("core", "done"), ("core", "open"), ("core", "new")]
    assert tasks.catalogue_problems(kept, fresh) == [
        "no longer used: core: old",
        "not in the catalogue: core: new",
        "not translated: core: open",
    ]
    assert tasks.catalogue_texts(tmp_path / "missing.ts") == {}


def test_a_missing_venv_module_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the right to install it, the person is told which package it is in."""
    monkeypatch.setattr(tasks, "_has_ensurepip", lambda: False)
    monkeypatch.setattr(tasks, "can_install_packages", lambda: False)
    with pytest.raises(tasks.Stop, match="apt install python3-venv"):
        tasks.ensure_venv_module()


def test_a_missing_venv_module_is_installed_where_that_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As root on Debian; one attempt, then it is told."""
    installed: list[str] = []
    monkeypatch.setattr(tasks, "_has_ensurepip", lambda: bool(installed))
    monkeypatch.setattr(tasks, "can_install_packages", lambda: True)
    monkeypatch.setattr(tasks, "install_system_packages", installed.extend)
    tasks.ensure_venv_module()
    assert installed == ["python3-venv"]


@pytest.mark.parametrize("with_screen", [False, True])
def test_missing_qt_libraries_are_named(monkeypatch: pytest.MonkeyPatch, with_screen: bool) -> None:
    """The command to install them is complete; those of the screen only where there is one."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(tasks, "can_load", lambda name: False)
    monkeypatch.setattr(tasks, "can_install_packages", lambda: False)
    with pytest.raises(tasks.Stop) as caught:
        tasks.ensure_qt_libraries(with_screen)
    assert "sudo apt-get install -y --no-install-recommends" in str(caught.value)
    assert "libegl1" in str(caught.value)
    assert ("libxcb-cursor0" in str(caught.value)) is with_screen


def test_nothing_is_asked_of_a_complete_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """No package is installed when all libraries and a font are there."""
    monkeypatch.setattr(tasks, "can_load", lambda name: True)
    monkeypatch.setattr(tasks, "has_fonts", lambda: True)
    monkeypatch.setattr(tasks, "install_system_packages", lambda names: pytest.fail(str(names)))
    tasks.ensure_qt_libraries(with_screen=True)
