"""Every command of a developer: ``python3 tasks.py demo``, ``test``, ``setup`` and a few more.

Needs nothing but Python's standard library: it makes the project's own environment in ``.venv``
first, with the versions pinned in ``constraints.txt``. The syntax stays readable for Python 3.8,
so that an old Python is told what it lacks instead of failing on a line that it cannot read.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path, PurePath
from typing import Callable, Iterable, Mapping, Sequence  # noqa: UP035 - 3.8 reads this file
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
FIRST_UNTRIED_PYTHON = (3, 14)

STAMP = "anello-setup.json"
SYSTEM = f"{sys.platform}-{platform.machine()}"
CATALOGUE = PurePath("resources", "i18n", "it.ts")

# Shared libraries that Qt's wheel expects of the system, and the Debian packages that hold them.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_PACKAGE = "fonts-dejavu-core"

# Each module with compiled kernels says itself how to get them compiled.
WARM_UP = """
import importlib, pkgutil, app.planning
for found in pkgutil.walk_packages(app.planning.__path__, "app.planning."):
    module = importlib.import_module(found.name)
    warm_up = vars(module).get("warm_up")
    if warm_up is not None and warm_up.__module__ == found.name:
        print(" ", found.name, flush=True)
        warm_up()
"""


class Stop(Exception):
    """Ends the run with a sentence for the person at the keyboard."""


def say(text: str) -> None:
    """Print one line at once, also when the output goes into a file."""
    print(text, flush=True)


def version_problem(version: Sequence[int]) -> str | None:
    """Return what is wrong with this Python ``version``, or None when it fits."""
    if OLDEST_PYTHON <= tuple(version[:2]) < FIRST_UNTRIED_PYTHON:
        return None
    return (
        f"Anello needs Python 3.11, 3.12 or 3.13; this is Python {version[0]}.{version[1]}. "
        "Start it with another Python, for example: python3.11 tasks.py demo"
    )


def venv_program(venv: PurePath, name: str, is_windows: bool) -> PurePath:
    """Return the path of program ``name`` inside the environment ``venv``."""
    if is_windows:
        return venv / "Scripts" / f"{name}.exe"
    return venv / "bin" / name


def program(name: str) -> str:
    """Return the path of program ``name`` in this project's environment."""
    return str(venv_program(ROOT / ".venv", name, os.name == "nt"))


def fingerprint(root: Path, version: str, system: str) -> str:
    """Return the hash of everything that decides what the environment of ``root`` must hold.

    The folder counts too: an environment that was moved or copied with it does not work.
    """
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        # Line ends differ between systems, what is pinned does not.
        digest.update((root / name).read_bytes().replace(b"\r\n", b"\n") + b"\0")
    for text in (version, system, str(root)):
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


def read_stamp(venv: Path) -> dict[str, object]:
    """Return what the last complete set-up of ``venv`` left, empty when there is none."""
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_ready(stamp: dict[str, object], wanted: str, with_tests: bool) -> bool:
    """Say whether the environment with this ``stamp`` holds all that is wanted."""
    return stamp.get("fingerprint") == wanted and (stamp.get("tests") is True or not with_tests)


def ensure_environment(with_tests: bool, wheels: Path | None = None) -> None:
    """Make or complete ``.venv``; do nothing when its stamp says that it is complete."""
    venv = ROOT / ".venv"
    wanted = fingerprint(ROOT, platform.python_version(), SYSTEM)
    stamp = read_stamp(venv)
    if is_ready(stamp, wanted, with_tests) and Path(program("python")).exists():
        return
    start_s = time.monotonic()
    origin = "the internet, which takes a minute or two" if wheels is None else wheels
    say(f"Setting up the environment in .venv with packages from {origin}")
    # Without its stamp a half-made environment is known as such and made anew.
    (venv / STAMP).unlink(missing_ok=True)
    if stamp.get("fingerprint") != wanted:
        create_venv(venv)
    install_packages(with_tests, wheels)
    warm_up()
    text = json.dumps({"fingerprint": wanted, "tests": with_tests})
    (venv / STAMP).write_text(text, encoding="utf-8")
    say(f"The environment is ready after {time.monotonic() - start_s:.0f} s")


def create_venv(venv: Path) -> None:
    """Make an empty environment, in place of what may be there."""
    ensure_venv_module()
    say("  making an empty environment")
    try:
        shutil.rmtree(venv, ignore_errors=not venv.exists())
    except OSError as error:
        raise Stop(f"Close what still runs from .venv, then try again: {error}") from error
    completed = subprocess.run(
        [sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False
    )
    if completed.returncode:
        raise Stop(f"The environment cannot be made:\n{completed.stdout}{completed.stderr}")


def ensure_venv_module() -> None:
    """See that this Python can make environments; as root on Debian install what it lacks."""
    if _has_ensurepip():
        return
    if can_install_packages():
        install_system_packages(["python3-venv"])
        if _has_ensurepip():
            return
    raise Stop(
        "This Python cannot make environments: the module ensurepip is missing. "
        "On Debian and Ubuntu install it with: sudo apt install python3-venv"
    )


def _has_ensurepip() -> bool:
    test = [sys.executable, "-c", "import ensurepip, venv; ensurepip.version()"]
    return not subprocess.run(test, capture_output=True, check=False).returncode


def install_packages(with_tests: bool, wheels: Path | None) -> None:
    """Install the pinned packages and the project itself, editable, into ``.venv``."""
    pip = [program("python"), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    # Only wheels: a missing one is told at once, instead of half an hour of compiling.
    pip += ["--progress-bar", "off", "--only-binary", ":all:", "--constraint", "constraints.txt"]
    if wheels is not None:
        pip += ["--no-index", "--find-links", str(wheels)]
    # The builder comes first and pinned, so that the build takes nothing unpinned by itself.
    run_pip([*pip, "setuptools"])
    target = ".[test]" if with_tests else "."
    run_pip([*pip, "--no-build-isolation", "--editable", target])


def run_pip(command: Sequence[str]) -> None:
    """Run pip, tell every few seconds how far it is, and show its words when it fails."""
    lines: list[str] = []
    fetched = 0
    told_s = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        text=True,
        encoding="utf-8",
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            fetched += line.startswith("Collecting ")
            if line.startswith("Installing collected packages") and "," in line:
                say(f"  installing {line.count(',') + 1} packages")
            elif line.startswith("Collecting ") and time.monotonic() - told_s > 5:
                told_s = time.monotonic()
                say(f"  {fetched} packages looked up so far")
    if process.returncode:
        raise Stop(
            "".join(lines[-25:])
            + "\nThe packages could not be installed. Without internet, give a folder that holds "
            "them: python3 tasks.py setup --wheels FOLDER"
        )


def warm_up() -> None:
    """Compile the planning kernels once, so that the first plan does not wait for it."""
    say("  compiling the planning kernels (once)")
    run([program("python"), "-c", WARM_UP])


def missing_packages(libraries: dict[str, str], is_found: Callable[[str], bool]) -> list[str]:
    """Return the Debian packages of those ``libraries`` that are not found."""
    return sorted({package for name, package in libraries.items() if not is_found(name)})


def can_load(library: str) -> bool:
    """Say whether the system's loader finds the shared ``library``."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    """Say whether the system has any outline font where fontconfig looks for it."""
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    return any(
        path.suffix.lower() in (".ttf", ".otf", ".pfb")
        for folder in folders
        for path in folder.rglob("*")
    )


def can_install_packages() -> bool:
    """Say whether this is Debian or a relative of it, with the rights to install packages."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_system_packages(packages: Sequence[str]) -> None:
    """Install Debian ``packages`` without asking."""
    say(f"  installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    for step in (["apt-get", "update"], install):
        completed = subprocess.run(
            step, env=environment, capture_output=True, text=True, errors="replace", check=False
        )
    if completed.returncode:  # of the installation: lists may be old and still do
        raise Stop(f"{' '.join(install)} failed:\n{completed.stdout[-2000:]}{completed.stderr}")


def ensure_qt_libraries(with_screen: bool) -> None:
    """See that Qt finds what it needs of the system; name it, or as root install it."""
    if sys.platform != "linux":
        return
    libraries = {**QT_LIBRARIES, **SCREEN_LIBRARIES} if with_screen else QT_LIBRARIES
    missing = missing_packages(libraries, can_load)
    if not has_fonts():
        missing.append(FONT_PACKAGE)
    if not missing:
        return
    if can_install_packages():
        install_system_packages(missing)
        return
    raise Stop(
        "Qt needs libraries that this system lacks. On Debian and Ubuntu: sudo apt-get install "
        f"-y --no-install-recommends {' '.join(missing)}"
    )


def run(command: Sequence[str], offscreen: bool = False) -> int:
    """Run ``command`` in the project's folder and return its exit code."""
    platform_of_qt = {"QT_QPA_PLATFORM": "offscreen"} if offscreen else {}
    environment = {**os.environ, "PYTHONUTF8": "1", **platform_of_qt}
    return subprocess.run(list(command), cwd=ROOT, env=environment, check=False).returncode


def run_beside(command: Sequence[str]) -> Callable[[], int]:
    """Start ``command`` now; what is returned waits for it, prints what it said, and its code."""
    process = subprocess.Popen(
        list(command), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )

    def wait() -> int:
        told, _ = process.communicate()
        say(told.rstrip())
        return process.returncode

    return wait


def run_all(steps: Mapping[str, Callable[[], int]]) -> int:
    """Run every step, also after a failure, and close with a table; 1 when one failed."""
    results = []
    for name, step in steps.items():
        say(f"\n== {name}")
        start_s = time.monotonic()
        is_passed = step() == 0
        results.append((name, is_passed, time.monotonic() - start_s))
    say("\n" + closing_table(results))
    return 0 if all(is_passed for _, is_passed, _ in results) else 1


def closing_table(results: Sequence[tuple[str, bool, float]]) -> str:
    """Return the table of each step's name, result and seconds, and the total."""
    lines = [
        f"{name:<14}  {'passed' if is_passed else 'FAILED'}  {seconds:6.1f} s"
        for name, is_passed, seconds in results
    ]
    return "\n".join([*lines, f"{'together':<22}  {sum(row[2] for row in results):6.1f} s"])


def extract_texts(catalogue: Path) -> None:
    """Bring ``catalogue`` up to date with the texts that are marked in the source."""
    sources = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "app").rglob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        # A list file, because Windows limits the length of a command.
        list_file = Path(folder) / "sources.lst"
        list_file.write_text("\n".join(sources), encoding="utf-8")
        command = [program("pyside6-lupdate"), f"@{list_file}", "-ts", str(catalogue)]
        command += ["-no-obsolete", "-locations", "none", "-silent"]
        command += ["-source-language", "en", "-target-language", "it_IT"]
        if run(command):
            raise Stop("The texts could not be extracted")


def catalogue_texts(catalogue: Path) -> dict[tuple[str, str], bool]:
    """Return whether each (context, source text) of ``catalogue`` is translated."""
    if not catalogue.exists():
        return {}
    texts = {}
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        for entry in context.iter("message"):
            translation = entry.find("translation")
            is_done = translation is not None and "type" not in translation.attrib
            key = (context.findtext("name") or "", entry.findtext("source") or "")
            texts[key] = is_done
    return texts


def catalogue_problems(
    kept: dict[tuple[str, str], bool], fresh: Iterable[tuple[str, str]]
) -> list[str]:
    """Return how the ``kept`` catalogue falls short of the texts in the source."""
    wanted = set(fresh)
    lines = [f"not in the catalogue: {context}: {text}" for context, text in wanted - kept.keys()]
    lines += [f"no longer used: {context}: {text}" for context, text in kept.keys() - wanted]
    lines += [f"not translated: {key[0]}: {key[1]}" for key, is_done in kept.items() if not is_done]
    return sorted(lines)


def check_translations() -> int:
    """Compare the catalogue with the source without changing it; 1 when it falls short."""
    kept = ROOT / CATALOGUE
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / kept.name
        if kept.exists():
            shutil.copyfile(kept, fresh)
        extract_texts(fresh)
        problems = catalogue_problems(catalogue_texts(kept), catalogue_texts(fresh))
    for line in problems:
        say(f"  {line}")
    say(f"{len(catalogue_texts(kept))} texts, {len(problems)} to mend with tasks.py translations")
    return 1 if problems else 0


def run_pytest(extra: Sequence[str], is_long: bool) -> int:
    """Run the tests without a screen, on two processes where the machine has two cores."""
    command = [program("python"), "-m", "pytest", *extra]
    if (os.cpu_count() or 1) > 1 and not any(word.startswith("-n") for word in extra):
        command += ["-n", "2", "--dist", "worksteal"]
    return run([*command, "--long"] if is_long else command, offscreen=True)


def checks() -> dict[str, Callable[[], int]]:
    """Return the checks of the code by name, in the order in which they run."""
    python = program("python")
    return {
        "ruff check": lambda: run([python, "-m", "ruff", "check", "."]),
        "ruff format": lambda: run([python, "-m", "ruff", "format", "--check", "."]),
        "mypy": lambda: run([python, "-m", "mypy"]),
        "import-linter": lambda: run([program("lint-imports"), "--no-cache"]),
        "translations": check_translations,
    }


def command_setup(options: argparse.Namespace) -> int:
    """Make the environment with everything that the tests need."""
    ensure_environment(with_tests=True, wheels=options.wheels)
    ensure_qt_libraries(with_screen=False)
    return 0


def command_demo(options: argparse.Namespace) -> int:
    """Build the demo, plan, export, and open the window where there is a screen."""
    ensure_environment(with_tests=False, wheels=options.wheels)
    from app.__main__ import has_screen

    command = [program("python"), "-m", "app", "demo"]
    if options.no_window or not has_screen(sys.platform, os.environ):
        return run([*command, "--no-window"])
    try:
        ensure_qt_libraries(with_screen=True)
    except Stop as problem:
        say(f"The window stays closed. {problem}")
        command.append("--no-window")
    return run(command)


def command_test(options: argparse.Namespace) -> int:
    """Check style, types, layers and translations, and run the tests."""
    command_setup(options)
    steps = checks()
    if options.checked:
        # kernels of their own, since those in the usual cache do not look
        os.environ["NUMBA_BOUNDSCHECK"] = "1"
        os.environ["NUMBA_CACHE_DIR"] = str(ROOT / ".venv" / "checked-kernels")
    # one core looks at the types while the tests begin: together they take less time
    waiting = run_beside([program("python"), "-m", "mypy"])
    del steps["mypy"]
    steps["pytest"] = lambda: run_pytest(options.pytest_arguments, options.long)
    steps["mypy"] = waiting
    return run_all(steps)


def command_check(options: argparse.Namespace) -> int:
    """Run only the checks of the code whose name begins with the command's."""
    command_setup(options)
    wanted = {"lint": "ruff", "types": "mypy"}[options.command]
    return run_all({name: step for name, step in checks().items() if name.startswith(wanted)})


def command_translations(options: argparse.Namespace) -> int:
    """Bring the Italian catalogue up to date with the source and name what is untranslated."""
    command_setup(options)
    catalogue = ROOT / CATALOGUE
    catalogue.parent.mkdir(exist_ok=True)
    extract_texts(catalogue)
    return check_translations()


def command_gallery(options: argparse.Namespace) -> int:
    """Make pictures of every page, panel and dialog, in every language, theme and size."""
    command_setup(options)
    project = ROOT / "demo" / "demo.gpkg"
    if not project.is_file():
        code = run([program("python"), "-m", "app", "demo", "--no-window"])
        if code:
            return code
    return run([program("python"), "docs/gallery.py", options.out, "--every"])


COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str]] = {
    "demo": (command_demo, "build the demo, plan, export, and open the window"),
    "test": (command_test, "check style, types, layers and translations, and run the tests"),
    "setup": (command_setup, "make the environment with all that the tests need"),
    "lint": (command_check, "check style and layout of the code"),
    "types": (command_check, "check the types"),
    "gallery": (command_gallery, "make pictures of every page, panel and dialog of the window"),
    "translations": (command_translations, "bring the Italian catalogue up to date"),
}


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="tasks.py", description="Commands of the Anello project")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, text) in COMMANDS.items():
        command = commands.add_parser(name, help=text)
        wheels_help = "install packages from this folder, without the internet"
        command.add_argument("--wheels", type=Path, metavar="FOLDER", help=wheels_help)
        if name == "demo":
            command.add_argument("--no-window", action="store_true", help="do not open the window")
        if name == "gallery":
            command.add_argument("out", metavar="OUT", help="folder for the pictures")
        if name == "test":
            command.add_argument("--long", action="store_true", help="run the long campaigns too")
            checked_help = "compile the kernels so that every index into an array is checked"
            command.add_argument("--checked", action="store_true", help=checked_help)
    return parser


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the parsed command; what follows ``--`` goes to pytest as it is."""
    words = list(arguments)
    cut = words.index("--") if "--" in words else len(words)
    options = build_parser().parse_args(words[:cut])
    if words[cut + 1 :] and options.command != "test":
        raise Stop("Only the command test passes arguments on")
    options.pytest_arguments = words[cut + 1 :]
    if options.wheels is not None:
        options.wheels = options.wheels.resolve()
        if not options.wheels.is_dir():
            raise Stop(f"There is no folder {options.wheels}")
    return options


def main(arguments: Sequence[str]) -> int:
    """Run the command and return the exit code."""
    problem = version_problem(sys.version_info[:2])
    try:
        if problem is not None:
            raise Stop(problem)
        options = parse(arguments)
        return COMMANDS[options.command][0](options)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
