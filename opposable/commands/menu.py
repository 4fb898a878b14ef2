"""`opposable` alone: the door. Games as pictures, their levels, and play."""

from engine.clock import wait_s
from engine.hand import Side
from engine.play.levelfile import LevelFile, find_levels
from engine.play.packs import find_packs
from engine.sources import check_source
from engine.tracking.model import HandModelError
from games import all_games
from opposable.console import FINE, complain, say
from opposable.display import has_display
from opposable.ownranges import ME, affected_side, simulated, stored_side

FRAME_S = 1 / 30


def menu(source: str, *, side: str | None, usage: str) -> int:
    """Open the menu and play what is chosen, until the person leaves."""
    check_source(source)
    if not has_display():
        say(usage)
        complain("There is no screen here for the menu; the commands above work without one.")
        return FINE
    from opposable.commands.ready import find_hand_model_for

    try:
        find_hand_model_for(source)
    except HandModelError as problem:
        complain(str(problem))
        source = "keys:"
    return _in_window(source, Side(side) if side else None)


def _in_window(source: str, side: Side | None) -> int:
    from opposable.records import own_results, records_folder
    from opposable.screens.menu import Menu
    from opposable.screens.whole_level import play_in_window
    from opposable.screens.window import open_window

    window = open_window("Opposable")
    shown = Menu(offered_levels(), window.painter(affected_side(ME, side)), records_folder())
    try:
        while not shown.left and not window.closed:
            chosen = shown.obey(window.wishes())
            if chosen is not None:
                seed = sum(1 for _ in own_results(shown.results, chosen.name)) + 1
                play_in_window(chosen, source, _side(source, side), seed, as_json=False, shared=window)
                shown.played(chosen)
            window.show(shown.paint())
            wait_s(FRAME_S)
    except KeyboardInterrupt:
        return FINE
    finally:
        window.close()
        shown.close()
    return FINE


def _side(source: str, side: Side | None) -> Side | None:
    """None where a person has yet to say which hand is to practise."""
    if side is None and not simulated(source) and stored_side(ME) is None:
        return None
    return affected_side(ME, side)


def offered_levels() -> list[LevelFile]:
    """The shipped levels, and those of every pack that has nothing to correct."""
    games = all_games()
    shipped = {file.path: file for file in find_levels(games).levels}
    added = [file for pack in find_packs(games) if pack.offered for file in pack.shelf.levels]
    in_order = [file for game in games for file in shipped.values() if file.game is game]
    return [*in_order, *added]
