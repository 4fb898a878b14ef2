"""A whole level in the window: from opening the source to the page at the end."""

from collections.abc import Callable, Sequence

from engine.clock import now_s, wait_s
from engine.hand import Side
from engine.play.levelfile import LevelFile
from engine.sources import SourceState
from opposable.console import FINE, FOUND, complain
from opposable.ownranges import ME
from opposable.screens import pages
from opposable.screens.calibrate_side import ask_side
from opposable.screens.live import Live
from opposable.screens.play_screen import PlayScreen
from opposable.screens.window import Window, open_window
from opposable.sitting import Also, Sitting, open_for

END_PAGE_S = 120.0
PLAYS_ITSELF = ("sim:", "synthetic:", "replay:", "video:")
"""Sources with nobody before the screen to whom something could be shown."""

OnFrame = Callable[[Live], None]


def play_in_window(
    level: LevelFile,
    source: str,
    side: Side | None,
    seed: int,
    as_json: bool,
    shared: Window | None = None,
    also: Sequence[Also] = (),
    person: str = ME,
) -> int:
    """Open the window and play; the window is there before the camera is. A `shared` one is left open. `also` are told
    of every tick. Without a `side` the person is asked, once."""
    from opposable.commands.play import carried_note, report

    window = shared or open_window(f"{level.level.title} - Opposable")
    try:
        side = side or ask_side(window, person)
        if side is None:
            return FOUND
        opened = open_for(level, source, side, preview=True)
        note = carried_note(level, opened)
        if note:
            complain(note)
        sitting = Sitting(level, source, side, seed, person=person)
        for trouble in sitting.own.troubles:
            complain(trouble)
        sitting.also.extend(also)
        live = Live(sitting, opened, window, PlayScreen(window, side))
        if not source.startswith(PLAYS_ITSELF):
            live.show_first()
        try:
            play_to_the_end(live)
            kept = report(live.sitting, as_json)
            if not live.left:
                show_end(live)
        finally:
            live.close()
    finally:
        if shared is None:
            window.close()
    return FINE if kept and live.watch.state is not SourceState.GONE else FOUND


def play_to_the_end(live: Live, on_frame: OnFrame | None = None) -> None:
    """Frames until it is over. Ctrl-C in the terminal leaves, like Escape."""
    try:
        while not live.over:
            live.step()
            if on_frame is not None:
                on_frame(live)
    except KeyboardInterrupt:
        live.left = True


def show_end(live: Live, for_s: float = END_PAGE_S) -> None:
    """The summary, until the person leaves it."""
    page = pages.end_page(
        live.sitting.close(),
        live.sitting.landed,
        bool(live.sitting.problem),
        live.sitting.said_last("patient"),
        live.sitting.measured,
    )
    until_s = now_s() + for_s
    while now_s() < until_s:
        wishes = live.window.wishes()
        if wishes.leave or wishes.pause or live.screen.chosen(page, wishes):
            return
        live.window.show(live.screen.paint(live.sitting.session, live.sitting.motion, page, wishes.pointer))
        wait_s(1 / 30)
