"""`opposable levels watch`: the game open beside the editor, playing on with every change that is saved."""

from engine.play.levelfile import resolve_level
from engine.problem import ProblemError
from engine.sources import check_source
from opposable.commands.levels import find_level
from opposable.console import FINE
from opposable.display import has_display


def watch(name: str, source: str, difficulty: float | None = None) -> int:
    """Open the window and play until the person leaves, held at this difficulty where one is named."""
    check_source(source)
    path = resolve_level(name)
    if not has_display() or not path.is_file():
        find_level(name)
        raise ProblemError("There is no screen here to watch on; `opposable levels preview` makes a picture instead.")
    from opposable.screens.watching import Watching
    from opposable.screens.window import open_window

    window = open_window(f"{path.name} - Opposable")
    watching = None
    try:
        watching = Watching(path, source, window, difficulty)
        while watching.step():
            pass
    except KeyboardInterrupt:
        return FINE
    finally:
        if watching is not None:
            watching.close()
        window.close()
    return FINE
