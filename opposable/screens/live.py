"""Playing in the window: sixty ticks a second, whatever the camera does, and always a way to stop."""

import gc
from collections import deque
from dataclasses import dataclass

from engine.clock import now_s, wait_s
from engine.courtesy import let_the_hands_in
from engine.hand import Side
from engine.inputs import Tracking
from engine.play.delays import OnTheWay
from engine.play.drive import Beat
from engine.play.game import Event, Said, Sounded
from engine.sources import Source, SourceState
from engine.sources.keyboard import KeyboardSource
from engine.sources.paced import at_its_pace
from engine.strings import strings
from engine.view.messages import Message
from engine.view.sound import SoundBoard
from engine.view.speech import Speaker
from opposable.screens import pages
from opposable.screens.demonstration import Demonstration
from opposable.screens.pictures import Places
from opposable.screens.play_screen import PlayScreen
from opposable.screens.window import Window, Wishes
from opposable.sitting import Sitting, open_for

LOST_AFTER_S = 0.25
HAND_AWAY_S = 10.0
OTHER_HAND_S = 1.0
ASK_S = 10.0
KEPT_FRAMES = 36_000


@dataclass
class SourceWatch:
    """How long the source has been in its present state, and whether it has shown anything yet."""

    state: SourceState = SourceState.OPENING
    since_s: float = 0.0
    seen: bool = False

    def look(self, state: SourceState, time_s: float) -> float:
        """Seconds in this state."""
        if state is not self.state:
            self.state, self.since_s = state, time_s
        return time_s - self.since_s


class Live:
    """One level, live. `step` is one picture: read, play the ticks that are due, paint, wait for the next; hands
    and ticks that come while it paints or waits are not kept waiting."""

    def __init__(self, sitting: Sitting, source: Source, window: Window, screen: PlayScreen) -> None:
        self.sitting, self.window, self.screen = sitting, window, screen
        self.sound, self.speaker = SoundBoard(window.comfort.sound / 100), Speaker(window.comfort.voice)
        # What is loaded by now stays: looking through it again for rubbish would make a frame late now and then.
        gc.collect()
        gc.freeze()
        let_the_hands_in()
        self.use(source)
        # Whether the game has gone on since the last picture was begun.
        self.left = self._ticked = False
        self.frame_s: deque[float] = deque(maxlen=KEPT_FRAMES)
        self._asked_pause = self._keys_explained = False
        self._ask, self._ask_until_s = "", 0.0
        self._hand_seen_s = now_s()
        self.shown: Message | None = None
        self.showing: Demonstration | None = None

    def use(self, source: Source) -> None:
        """Play on with this source, from now."""
        self.source = at_its_pace(source)
        self.family = pages.family_of(self.source)
        self.watch = SourceWatch(since_s=now_s())
        self.beat, self.places = Beat(now_s()), Places(now_s())
        self.sitting.use_ranges_of(source)
        self.on_the_way = OnTheWay(self.sitting.delays)

    @property
    def over(self) -> bool:
        """The level is done, the person has left, or a recording has come to its end."""
        return self.left or self.sitting.session.done or self.watch.state is SourceState.ENDED

    def step(self) -> None:
        """One frame."""
        wishes = self.window.wishes()
        on_a_page = self.shown is not None
        self._obey(wishes)
        session, motion = self.sitting.session, self.sitting.motion
        if self._take(0.0):
            self.beat.hand_came(now_s())
        if not self._ticked:
            self.beat.picture_begins(now_s())
        time_s = now_s()
        self.shown = self._page(time_s)
        showing = self._showing(Wishes() if on_a_page else wishes)
        session.paused = self.shown is not None or showing is not None
        self.sound.duck(self.speaker.speaking)
        self._play()
        self.source.follow(session.cue, time_s)
        self.screen.mirror.look(self.source, time_s, before_play=self.shown is not None)
        scene = None if showing is None else showing.scene()
        self.on_the_way.painting()
        self.places.begun(now_s())
        self._ticked = False
        self.window.show(self.screen.paint(session, motion, self.shown, wishes.pointer, scene, self._look_up))
        self.on_the_way.shown(now_s())
        self.frame_s.append(now_s() - time_s)
        self.screen.took(self.frame_s[-1])
        self._look_up()
        while (left_s := self.places.wait_s(now_s())) > 0.0:
            self._look_up(min(left_s, self.beat.wait_s(now_s())), painting=False)

    def close(self) -> None:
        """Let go of the source and of the voice. The window stays open."""
        self.source.close()
        self.speaker.close()

    def show_first(self) -> None:
        """Let a ghost hand show one repetition before the person's own first one."""
        level = self.sitting.level
        self.showing = Demonstration(level.game, level.level, self.sitting.affected_side, self.sitting.seed)

    def _showing(self, wishes: Wishes) -> Demonstration | None:
        """What is shown before play, until it has been seen or the person wants to begin; `wishes` are those that no
        page has answered."""
        if self.showing is not None and self.shown is None and (wishes.confirm or wishes.clicks or wishes.keys_down):
            self.showing.skip()
        if self.showing is not None and self.showing.over:
            self.showing = None
        return self.showing

    def _play(self) -> None:
        """Play the ticks that are due."""
        time_s = now_s()
        due = self.beat.due(time_s)
        for _ in range(due):
            if self.showing is not None and self.shown is None:
                self.showing.tick()
            self._hear(self.sitting.session.tick(self.sitting.motion.tick(time_s)))
        if due:
            self._ticked = True
            self.on_the_way.ticked(now_s())

    def _look_up(self, wait_at_most_s: float = 0.0, painting: bool = True) -> None:
        """While a picture is painted, or the next one waited for: the game goes on, and is told of a hand at once."""
        if self._take(wait_at_most_s):
            self.beat.hand_came(now_s())
            self.places.hand_came(now_s(), painting)
        self._play()

    def _take(self, wait_at_most_s: float) -> bool:
        """Take in the samples that have come, or the next one if it comes in time; whether one has."""
        began_s = now_s()
        samples = self.source.read(wait_at_most_s)
        for sample in samples:
            self.watch.seen = True
            came_s = now_s()
            self.sitting.motion.feed(sample, came_s)
            self.on_the_way.arrived(sample.t_s, came_s)
        if not samples:
            wait_s(began_s + wait_at_most_s - now_s())
        return bool(samples)

    def _obey(self, wishes: Wishes) -> None:
        chosen = self.screen.chosen(self.shown, wishes)
        self.left |= wishes.leave or chosen == pages.LEAVE
        if wishes.pause or wishes.away or chosen == pages.GO_ON or self.screen.pause_clicked(wishes):
            self._asked_pause = wishes.away or (not self._asked_pause and chosen != pages.GO_ON)
        if self.shown is None and self.sitting.session.resting and self.screen.wants_to_go_on(wishes):
            self.sitting.session.go_on()
        self._keys_explained |= chosen == pages.GO_ON
        self._ask_until_s = 0.0 if chosen == pages.GO_ON else self._ask_until_s
        if chosen in (pages.KEYBOARD, pages.SIMULATED, pages.AGAIN):
            self._change_source(chosen)
        if chosen == pages.THIS_HAND:
            self._begin_again(self.sitting.source_name, self.sitting.affected_side.other)
        if isinstance(self.source, KeyboardSource):
            for key in wishes.keys_down:
                self.source.press(key)
            for key in wishes.keys_up:
                self.source.release(key)

    def _change_source(self, chosen: str) -> None:
        """Begin anew with another source, in records of its own: what one source saw is never filed under another,
        and what a simulated hand did never under a person's."""
        before = self.sitting
        written = {pages.KEYBOARD: "keys:", pages.SIMULATED: "sim:able", pages.AGAIN: before.source_name}[chosen]
        self._begin_again(written, before.affected_side)

    def _begin_again(self, written: str, side: Side) -> None:
        before = self.sitting
        before.close()
        self.source.close()
        self.sitting = Sitting(before.level, written, side, before.seed, before.folder, before.person)
        self.sitting.also = before.also
        self.use(open_for(before.level, written, side, preview=True))
        self._hand_seen_s = now_s()

    def _page(self, time_s: float) -> Message | None:
        """The message that stops play now, if any; the source comes first, then the person's pause, then the hand."""
        status, family = self.source.status(), self.family
        since_s = self.watch.look(status.state, time_s)
        if status.state is not SourceState.LOST or since_s > LOST_AFTER_S:
            page = pages.source_page(status, since_s, self.watch.seen, family)
            if page is not None:
                self._hand_seen_s = time_s
                return page
        if self._ask != status.ask and status.state is SourceState.RUNNING:
            self._ask, self._ask_until_s = status.ask, time_s + ASK_S
            if status.ask:
                self.speaker.say(status.ask)
        if self._ask and time_s < self._ask_until_s:
            return pages.ask_page(self._ask)
        if isinstance(self.source, KeyboardSource) and not self._keys_explained:
            return pages.keys_page()
        if self._asked_pause or self.sitting.session.resting or self.showing is not None:
            self._hand_seen_s = time_s
        if self._asked_pause:
            return pages.paused_page(self.sitting.own.sentence(self.sitting.playing_side))
        sides = tuple(Side) if self.sitting.both_play else (self.sitting.playing_side,)
        if all(self.sitting.motion.tracking(side, time_s) is not Tracking.LOST for side in sides):
            self._hand_seen_s = time_s
        away_s = time_s - self._hand_seen_s
        other = self.sitting.motion.tracking(self.sitting.playing_side.other, time_s)
        if away_s > OTHER_HAND_S and other is Tracking.TRACKED and not self.sitting.both_play:
            return pages.other_hand_page()
        return pages.hand_away_page(family) if away_s > HAND_AWAY_S else None

    def _hear(self, events: tuple[Event, ...]) -> None:
        for event in events:
            if isinstance(event, Sounded):
                self.sound.play(event.name, event.strength, event.diameter_mm)
            elif isinstance(event, Said):
                self.speaker.say(strings().say(event.key))
