"""What is written at the bottom stays for a moment, however quickly a hand goes on: nobody reads words that come and
go, and a card that does is the largest thing on the table that could flicker. So words may be half a second late. What
must be seen at once (where a coin would land, which finger holds it) is shown on the table, where the eyes are."""

from dataclasses import dataclass, replace

from engine.view.scene import Scene

STAYS_S = 0.5


@dataclass
class SteadyWords:
    """The words that are shown, with their picture, and since when."""

    shown: tuple[str, str] = ("", "")
    since_s: float = 0.0

    def of(self, scene: Scene, now_s: float) -> Scene:
        """The scene as it is shown at `now_s`. Words come at once where there were none, and go at once."""
        words = scene.sentence, scene.picture
        if words != self.shown and ("" in (self.shown[0], words[0]) or now_s - self.since_s >= STAYS_S):
            self.shown, self.since_s = words, now_s
        return scene if words == self.shown else replace(scene, sentence=self.shown[0], picture=self.shown[1])
