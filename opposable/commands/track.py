"""`opposable track`: what the engine sees, sample by sample."""

import contextlib

from engine.clock import now_s
from engine.hand import Side
from engine.play.drive import PATIENCE_S
from engine.play.storedranges import source_kind, stored_side
from engine.problem import NotUnderstoodError
from engine.sources import check_source, open_source
from engine.sources.source import Source, SourceState
from opposable.asking import Telling
from opposable.commands.ready import find_hand_model_for
from opposable.commands.tracklog import TrackLog
from opposable.console import FINE, FOUND, complain, say
from opposable.ownranges import ME, ranges_in_use

_WAIT_S = 0.25


def track(text: str, *, hands: int, side: str | None, model: str, as_json: bool, person: str = ME) -> int:
    """Follow a source to its end, or until interrupted; the summary is printed either way."""
    only = Side(side) if side else None
    check_source(text)
    # Labels alone tell a hand's side badly; a person who has said theirs need not say it again.
    theirs = stored_side(person) if only is None and hands == 1 and source_kind(text) == "camera" else None
    if text.startswith("keys:"):
        raise NotUnderstoodError(
            "keys: are pressed in the window of a game: opposable play coin_drop/01 --source keys:"
        )
    own = ranges_in_use(person, text)
    find_hand_model_for(text, model)
    source: Source = Telling(open_source(text, hands=hands, side=only or theirs, model=model))
    for trouble in own.troubles:
        complain(trouble)
    if theirs and not as_json:
        say(f"Taken for your {theirs} hand, the one you practise with. For the other: --side {theirs.other}.")
    log = TrackLog(only, as_json, own.over(source), only or theirs)
    told = set[str]()
    # Also where nobody reads on (`| head`): a camera process that outlives its reader is ended under its feet.
    with contextlib.closing(source):
        with contextlib.suppress(KeyboardInterrupt):
            follow(source, log, told)
        status = source.status()
        log.close(source)
    if status.state is SourceState.GONE or (log.frames == 0 and status.reason):
        if status.reason not in told and status.reason != status.ask:
            complain(status.reason)
        return FOUND
    return FINE


def follow(source: Source, log: TrackLog, complained: set[str]) -> None:
    """Read until the source has ended or given up, or for so long as there is hope that one that shows nothing will."""
    told, well_s = "", now_s()
    while True:
        for sample in source.read(_WAIT_S):
            log.add(sample, source)
        status = source.status()
        if status.state in (SourceState.ENDED, SourceState.GONE):
            for sample in source.read(0.0):
                log.add(sample, source)
            return
        if log.frames or status.state is not SourceState.LOST:
            well_s = now_s()
        elif now_s() - well_s > PATIENCE_S:
            return
        if status.state is SourceState.LOST and status.reason != told:
            complain(status.reason)
            complained.add(status.reason)
        told = status.reason
