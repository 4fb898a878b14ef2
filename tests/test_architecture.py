"""The house keeps its own rules: who may import whom, where the clock is, and what no file may hold."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().relative_to(ROOT).as_posix()
ROOMS = ("engine", "games", "opposable", "bench", "tools", "tests")
PRODUCT = ("engine/", "games/", "opposable/")
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".svg", ".txt", ".cfg", ".ini", ".sh", ""}
LONGEST_MODULE, LONGEST_TEST = 350, 400

# Who may not import what, but for the rooms named: (who, what, rooms that may).
FORBIDDEN: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("engine/", ("games", "opposable"), ()),
    ("games/", ("opposable", "pygame", "time", "datetime", "yaml", "cv2", "mediapipe", "os", "pathlib"), ()),
    ("engine/", ("mediapipe", "cv2"), ("engine/tracking/",)),
    ("opposable/", ("mediapipe", "cv2"), ()),
    ("engine/", ("pygame",), ("engine/view/",)),
    ("opposable/", ("pygame",), ("opposable/screens/",)),
    ("engine/", ("time",), ("engine/clock.py",)),
    ("opposable/", ("time",), ()),
    ("engine/motion/", ("random", "os", "io", "pathlib", "threading", "multiprocessing", "engine.clock"), ()),
    ("engine/motion/", ("engine.play", "engine.sources", "engine.tracking", "engine.view"), ()),
    ("engine/tracking/", ("engine.view", "engine.play"), ()),
)
CLOCKS = {
    "time": {"time", "time_ns", "perf_counter", "perf_counter_ns", "monotonic", "monotonic_ns"},
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
}
CLOCK_ROOM = "engine/clock.py"


@dataclass(frozen=True)
class Import:
    """One import: the module asked for, and the line."""

    module: str
    line: int
    is_relative: bool


@cache
def tracked() -> tuple[str, ...]:
    """Every file that belongs to the project, relative to its root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("this copy of the project is no git checkout, so its files cannot be told from others")
    return tuple(sorted(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()))


def modules() -> list[str]:
    return [name for name in tracked() if name.endswith(".py") and name.partition("/")[0] in ROOMS]


@cache
def tree_of(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), name)


def imports_of(tree: ast.Module) -> Iterator[Import]:
    """Every import, wherever it stands; `from a import b` asks for a and for a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, False)
        elif isinstance(node, ast.ImportFrom):
            yield Import(node.module or "", node.lineno, node.level > 0)
            for alias in node.names:
                yield Import(f"{node.module}.{alias.name}", node.lineno, node.level > 0)


def breaches(name: str, tree: ast.Module) -> set[str]:
    """Imports of this file that the table forbids, as `file:line: what`."""
    found = set()
    for who, what, but_for in FORBIDDEN:
        if name.startswith(who) and not (but_for and name.startswith(but_for)):
            for asked in imports_of(tree):
                if any(asked.module == module or asked.module.startswith(f"{module}.") for module in what):
                    found.add(f"{name}:{asked.line}: imports {asked.module}")
    return found


def texts(names: tuple[str, ...]) -> Iterator[tuple[str, int, str]]:
    """Every line of every text file but this one."""
    for name in names:
        if name != HERE and Path(name).suffix in TEXT:
            for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), start=1):
                yield name, number, line


def lines_with(pattern: str) -> list[str]:
    wanted = re.compile(pattern)
    return [f"{name}:{number}: {line.strip()}" for name, number, line in texts(tracked()) if wanted.search(line)]


def test_the_files_are_found() -> None:
    assert {"engine/hand.py", "tests/conftest.py", HERE} <= set(modules())


def test_imports_only_go_down_and_stay_in_their_rooms() -> None:
    assert sorted(line for name in modules() for line in breaches(name, tree_of(name))) == []


@pytest.mark.parametrize(("who", "what"), [rule[:2] for rule in FORBIDDEN])
def test_a_forbidden_import_is_seen_wherever_it_hides(who: str, what: tuple[str, ...]) -> None:
    for module in what:
        package, _, last = module.rpartition(".")
        sly = [f"def late():\n    import {module}.deeper", f"try:\n    from {module} import thing\nexcept E:\n    pass"]
        sly += [f"from {package} import {last}"] if package else []
        for source in sly:
            assert breaches(f"{who}new_room/new.py", ast.parse(source))


def test_all_imports_are_absolute() -> None:
    assert [
        f"{name}:{asked.line}" for name in modules() for asked in imports_of(tree_of(name)) if asked.is_relative
    ] == []


def test_time_is_read_in_one_place() -> None:
    found = []
    for name in modules():
        if name == CLOCK_ROOM:
            continue
        for node in ast.walk(tree_of(name)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
                owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                if node.attr in CLOCKS.get(owner, ()):
                    found.append(f"{name}:{node.lineno}: {owner}.{node.attr}")
            elif isinstance(node, ast.ImportFrom) and node.module == "time":
                found += [f"{name}:{node.lineno}: {a.name}" for a in node.names if a.name in CLOCKS["time"]]
    assert found == []


def test_games_draw_chance_only_from_their_own_seed() -> None:
    found = [
        f"{name}:{asked.line}: {asked.module}"
        for name in modules()
        if name.startswith("games/")
        for asked in imports_of(tree_of(name))
        if asked.module.startswith(("random", "secrets", "numpy.random", "uuid"))
    ]
    assert [line for line in found if not line.endswith((": random", ": random.Random"))] == []
    # `import random` asks for the module alone, and with it for everybody's dice.
    whole = [
        name
        for name in modules()
        if name.startswith("games/")
        for node in ast.walk(tree_of(name))
        if (isinstance(node, ast.Import) and any(alias.name == "random" for alias in node.names))
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in ("np.random", "numpy.random"))
    ]
    assert whole == []


def test_no_file_is_longer_than_one_can_hold_in_mind() -> None:
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in modules()}
    allowed = {name: LONGEST_TEST if name.startswith("tests/") else LONGEST_MODULE for name in lengths}
    assert [f"{name}: {length} lines" for name, length in lengths.items() if length > allowed[name]] == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert lines_with(r"(?<![\w.$}/])/(work|home|root|tmp|Users|mnt)/|\b[A-Z]:\\+Users\b") == []


def test_no_file_names_a_package_registry() -> None:
    hosts = r"pypi\.org/(simple|project)|pythonhosted|npmjs|crates\.io|conda\.anaconda|devpi|artifactory|nexus"
    assert lines_with(rf"(?i){hosts}|(extra-)?index[-_]url\s*=|https?://(?!127\.0\.0\.1|localhost)\S+/simple\b") == []


def test_nothing_is_left_for_later() -> None:
    assert lines_with(r"\b(TODO|FIXME|XXX|HACK)\b") == []


def test_every_package_of_the_product_says_what_it_is() -> None:
    undocumented = [
        name
        for name in modules()
        if name.startswith(PRODUCT) and tree_of(name).body and ast.get_docstring(tree_of(name)) is None
    ]
    assert undocumented == []


@pytest.mark.parametrize("room", ["opposable.cli", "engine.view.painter", "games.coin_drop", "engine.motion.motion"])
def test_the_windows_process_loads_no_camera_library(room: str) -> None:
    program = f"import sys, {room}; print([name for name in ('cv2', 'mediapipe') if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_motion_room_needs_no_window_no_device_and_no_clock() -> None:
    program = (
        "import sys, engine.motion.motion, engine.motion.poses, engine.motion.identity; print(sorted(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(ast.literal_eval(ran.stdout))
    assert loaded.isdisjoint({"pygame", "cv2", "mediapipe", "yaml", "engine.clock", "engine.tracking"})
