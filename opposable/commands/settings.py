"""`opposable settings`: how a person sees and hears best; shown, or changed and shown."""

from dataclasses import replace

from engine.problem import ProblemError
from engine.strings import strings
from engine.view.palette import PaletteName
from engine.view.speech import Speaker
from opposable.comfort import Comfort, comfort_path, keep_comfort, own_comfort
from opposable.console import FINE, say


def settings(palette: PaletteName | None, text: float | None, sound: int | None, voice: bool | None) -> int:
    """Keep what is not None, and print all there is with what is allowed."""
    known = own_comfort()
    chosen = replace(
        known,
        palette=known.palette if palette is None else palette,
        text=known.text if text is None else text,
        sound=known.sound if sound is None else sound,
        voice=known.voice if voice is None else voice,
    )
    if chosen != known:
        try:
            keep_comfort(chosen)
        except OSError as problem:
            raise ProblemError(
                f"The settings could not be kept in {comfort_path()} ({problem.strerror or problem}). Make room there, "
                "or set OPPOSABLE_HOME to a folder of yours that can be written to."
            ) from None
    for line in in_words(chosen):
        say(line)
    return FINE


def in_words(comfort: Comfort) -> list[str]:
    """Every setting with what it is now and what it can be."""
    values = {
        "palette": comfort.palette,
        "text": f"{comfort.text:g}",
        "sound": f"{comfort.sound}",
        "voice": "on" if comfort.voice else "off",
    }
    lines = [f"--{name:<9}{value:<15}{strings().say(f'comfort.{name}')}" for name, value in values.items()]
    return lines if Speaker().available else [*lines, strings().say("comfort.no_voice")]
