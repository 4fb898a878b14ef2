"""The command line: what can be asked for, and where it is answered. Heavy imports wait until they are needed."""

import multiprocessing
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from engine.problem import ProblemError
from opposable.console import ending
from opposable.gloves_cli import gloves_app
from opposable.levels_cli import levels_app
from opposable.typed import Commands, Json, Side, as_problem, hand_on

app = typer.Typer(
    name="opposable",
    cls=Commands,
    help="Games that help people practise finger dexterity after a stroke. A practice aid: use it with your therapist.",
    epilog="Exit codes: 0 fine; 1 something was found or could not be done; 2 what was typed is not understood or not "
    "there.",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(levels_app, name="levels")
app.add_typer(gloves_app, name="gloves")


class ModelSize(StrEnum):
    """Which hand model looks at the pictures."""

    AUTO = "auto"
    FULL = "full"
    LITE = "lite"


class PaletteChoice(StrEnum):
    """As engine.view.palette.PaletteName."""

    STANDARD = "standard"
    HIGH_CONTRAST = "high_contrast"
    PLAIN = "plain"


class OnOff(StrEnum):
    ON = "on"
    OFF = "off"


SourceHelp = (
    "Where the movement comes from: camera:0, video:FILE (paced like a camera), 'video:FILE?pace=fast' (every picture, "
    "as fast as possible), glove:auto or glove:PORT, osc:9010, lsl:NAME (gloves), keys: (the keyboard, in the window), "
    "keys:contacts (thumb-to-finger contacts), replay:FILE (a tape or track --json), synthetic:PROFILE (a drawn hand "
    "seen by the camera tracker) or sim:PROFILE (a simulated hand, not tracked). "
    "Profiles: able, stage_3, stage_2, stage_1."
)
Person = Annotated[str, typer.Option("--person", help="Whose own range is used or found; a name.")]


@app.callback()
def menu(
    asked: typer.Context,
    source: Annotated[str, typer.Option(help=SourceHelp)] = "camera:0",
    side: Side = None,
) -> None:
    if asked.invoked_subcommand is not None:
        hand_on(asked)
    else:
        from opposable.commands.menu import menu as run

        raise typer.Exit(run(source, side=side, usage=asked.get_help()))


@app.command()
def track(
    source: Annotated[str, typer.Argument(help=SourceHelp)],
    hands: Annotated[int, typer.Option(min=1, max=2, help="How many hands to look for.")] = 1,
    side: Side = None,
    model: Annotated[ModelSize, typer.Option(help="Hand model; auto: what this computer can do.")] = ModelSize.AUTO,
    person: Person = "me",
    json: Json = False,
) -> None:
    """Follow hands and print what is seen: with --json one object a line per sample, and a summary at the end."""
    from opposable.commands.track import track as run

    raise typer.Exit(run(source, hands=hands, side=side, model=model.value, as_json=json, person=person))


@app.command()
def calibrate(
    source: Annotated[str, typer.Option(help=SourceHelp)] = "camera:0",
    recording: Annotated[
        str | None,
        typer.Option("--from", help="No window: what a hand does in video:FILE, replay:FILE or sim:PROFILE."),
    ] = None,
    side: Side = None,
    person: Person = "me",
    json: Json = False,
) -> None:
    """Find and keep a person's own range: what the hand can do now is then all that a game asks of it."""
    from opposable.commands.calibrate import calibrate as run

    raise typer.Exit(run(source, recording, side=side, person=person, as_json=json))


@app.command()
def play(
    level: Annotated[str, typer.Argument(help="A level: its name (coin_drop/01), or a path to a .yaml file.")],
    source: Annotated[str, typer.Option(help=SourceHelp)] = "camera:0",
    side: Side = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same trials.")] = 1,
    headless: Annotated[bool, typer.Option(help="No window; sources that need not wait play at full speed.")] = False,
    lsl_out: Annotated[str | None, typer.Option(help="Send controls and markers as lab streams of this name.")] = None,
    person: Person = "me",
    difficulty: Annotated[float | None, typer.Option(min=0, max=10, help="Begin here, 0 easiest to 10.")] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Stay at --difficulty, whatever happens.")] = False,
    json: Json = False,
) -> None:
    """Play one level. In the window: Space pauses, Escape leaves, Enter ends a rest, F11 fills the screen."""
    from opposable.commands.play import play as run

    raise typer.Exit(
        run(
            level,
            source,
            side=side,
            seed=seed,
            headless=headless,
            as_json=json,
            person=person,
            lsl_out=lsl_out,
            difficulty=difficulty,
            pin=pin,
        )
    )


@app.command()
def replay(
    recording: Annotated[Path, typer.Argument(help="A tape that a session left (.tape.jsonl).")],
    window: Annotated[bool, typer.Option(help="Show it in a window, in real time.")] = False,
    json: Json = False,
) -> None:
    """Play a recorded session again, exactly as it was."""
    from opposable.commands.replay import replay as run

    raise typer.Exit(run(recording, window=window, as_json=json))


@app.command()
def numbers(
    recording: Annotated[Path, typer.Argument(help="A tape (.tape.jsonl), or what `track --json` printed.")],
    json: Json = False,
) -> None:
    """What a recording tells of a hand: motion, smoothness, steadiness, each with how sure it is."""
    from opposable.commands.numbers import numbers as run

    raise typer.Exit(run(recording, as_json=json))


Paths = Annotated[list[Path], typer.Argument(help="Level files, folders of them, or levels by name.")]
Play = Annotated[bool, typer.Option(help="Let simulated hands play each level; --no-play only reads.")]


@app.command()
def check(paths: Paths, play: Play = True) -> None:
    """Check level files: every mistake at once, with file, line, column and what to write instead."""
    from opposable.commands.check import check as run

    raise typer.Exit(run(paths, play=play))


@app.command()
def schema(
    game: Annotated[str | None, typer.Argument(help="The game: coin_drop, bead_picking, mirror_avatar.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it to this file.")] = None,
    page: Annotated[bool, typer.Option(help="The reference page of all games (docs/levels.md) instead.")] = False,
) -> None:
    """Print the JSON Schema of a game's level files, by which an editor completes and explains keys."""
    from opposable.commands.schema import schema as run

    raise typer.Exit(run(game, output, page=page))


@app.command()
def demo(
    seconds: Annotated[float, typer.Option(min=5, max=600, help="Stop after this long at the latest.")] = 120,
    output: Annotated[Path | None, typer.Option(help="Where to put the screenshots.")] = None,
) -> None:
    """See it work: a hand is seen by the tracker and plays a block of coin-drop. Needs no camera and no screen."""
    from opposable.commands.demo import demo as run

    raise typer.Exit(run(seconds, output))


@app.command()
def settings(
    palette: Annotated[PaletteChoice | None, typer.Option(help="The colours of every window.")] = None,
    text: Annotated[float | None, typer.Option(min=1, max=2, help="Letters so many times as large as usual.")] = None,
    sound: Annotated[int | None, typer.Option(min=0, max=100, help="How loud, in per cent; 0: none.")] = None,
    voice: Annotated[OnOff | None, typer.Option(help="Whether sentences are also spoken.")] = None,
) -> None:
    """How you see and hear best, kept for every window; without an option: what is set, and what can be."""
    from opposable.commands.settings import settings as run

    spoken = None if voice is None else voice is OnOff.ON
    raise typer.Exit(run(None if palette is None else palette.value, text, sound, spoken))


@app.command()
def setup(
    fetch: Annotated[bool, typer.Option(help="Fetch the hand model if it is not here yet.")] = True,
) -> None:
    """Make the hand model ready, and say plainly what works on this computer."""
    from opposable.commands.setup import setup as run

    raise typer.Exit(run(fetch))


# `kill`, and a terminal that is closed; Windows knows no such thing.
ASKED_TO_END = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _stop_kindly(*_: object) -> None:
    """Being asked to end is Ctrl-C: what was done is kept. `timeout` asks twice; the second is not heard."""
    for asked in ASKED_TO_END:
        signal.signal(asked, lambda *_: None)
    raise KeyboardInterrupt


def main() -> None:
    """The `opposable` command."""
    multiprocessing.freeze_support()
    for asked in ASKED_TO_END:
        # Under `nohup` a terminal may close.
        if signal.getsignal(asked) is signal.SIG_DFL:
            signal.signal(asked, _stop_kindly)
    try:
        with as_problem():
            code = app(prog_name="opposable", standalone_mode=False)
    except ProblemError as problem:
        code = ending(problem)
    sys.exit(code)


if __name__ == "__main__":
    main()
