"""Play as lab streams: both hands' controls sixty times a second, and a marker for everything that happens.

An EEG, EMG or stimulation rig follows both on its own clock. Two streams: NAME (type MoCap, 32-bit floats) and
NAME-markers (type Markers, one short JSON text each). Needs the extra `lsl`.
"""

import json
import os
from dataclasses import asdict
from typing import Any

from engine.hand import Side
from engine.inputs import TICK_HZ, GameInput, Role
from engine.play.game import Event
from engine.sources.lsl import lab_streaming
from engine.sources.lslnames import OUT_LABELS, out_values

NAME = "opposable"


class LslOut:
    """Sends what a session is told and what happens in it. Raises SourceError where the library is missing."""

    def __init__(self, name: str = NAME) -> None:
        library = lab_streaming()
        source_id = f"{name}-{os.getpid()}"
        controls = library.StreamInfo(name, "MoCap", len(OUT_LABELS), TICK_HZ, library.cf_float32, source_id)
        controls.set_channel_labels(list(OUT_LABELS))
        markers = library.StreamInfo(
            f"{name}-markers", "Markers", 1, library.IRREGULAR_RATE, library.cf_string, f"{source_id}-markers"
        )
        self._clock = library.local_clock
        self._controls: Any = library.StreamOutlet(controls)
        self._markers: Any = library.StreamOutlet(markers)

    def tick(self, given: GameInput, events: tuple[Event, ...]) -> None:
        """What the game was told in one tick, and what happened in it; edges of the hands are markers too."""
        if self._controls is None:
            return
        stamp = self._clock()
        hands = {given.side(role): given.hand(role) for role in Role}
        self._controls.push_sample(out_values(hands), stamp)
        for side, hand in hands.items():
            for edge, names in (("press", hand.pressed), ("release", hand.released)):
                for control in names:
                    self.mark(edge, control=control, side=Side(side).value)
        for event in events:
            self.mark(type(event).__name__, **asdict(event))

    def mark(self, marker: str, **about: object) -> None:
        """One marker, now: `{"marker": "TrialEnded", "n": 3, ...}`."""
        if self._markers is not None:
            self._markers.push_sample([json.dumps({"marker": marker, **about}, default=str)], self._clock())

    def close(self) -> None:
        """End both streams. May be called twice."""
        self._controls = self._markers = None
