"""`opposable levels watch`: the game open beside the editor, playing on with every change that is saved."""

from engine.play.levelfile import LevelErrors, load_level, resolve_level
from engine.sources import SourceError
from games import all_games
from opposable.console import FINE, FOUND, NOT_UNDERSTOOD, complain
from opposable.display import has_display


def watch(name: str, source: str) -> int:
    """Open the window and play until the person leaves."""
    try:
        path = resolve_level(name)
        level = load_level(path, all_games())
    except LevelErrors as errors:
        complain(str(errors))
        return FOUND
    if not has_display():
        complain("There is no screen here to watch on; `opposable levels preview` makes a picture instead.")
        return NOT_UNDERSTOOD
    from opposable.screens.watching import Watching
    from opposable.screens.window import Window

    window = Window(f"{path.name} - Opposable")
    watching = None
    try:
        watching = Watching(path, level, source, window)
        while watching.step():
            pass
    except SourceError as problem:
        complain(str(problem))
        return NOT_UNDERSTOOD
    except KeyboardInterrupt:
        return FINE
    finally:
        if watching is not None:
            watching.close()
        window.close()
    return FINE
