"""The command line: what can be asked for, and where it is answered. Heavy imports wait until they are needed."""

import multiprocessing
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from opposable.levels_cli import levels_app

app = typer.Typer(
    name="opposable",
    help="Games that help people practise finger dexterity after a stroke. A practice aid: use it with your therapist.",
    epilog="Exit codes: 0 fine, 1 something was found or could not be done, 2 the command was not understood.",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.add_typer(levels_app, name="levels")


class SideName(StrEnum):
    LEFT = "left"
    RIGHT = "right"


class ModelSize(StrEnum):
    AUTO = "auto"
    FULL = "full"
    LITE = "lite"


SourceHelp = (
    "Where the movement comes from: camera:0, video:FILE (paced like a camera), 'video:FILE?pace=fast' (every picture, "
    "as fast as possible), keys: (the keyboard, in the window), synthetic:PROFILE (a drawn hand seen by the camera "
    "tracker) or sim:PROFILE (a simulated hand, no tracker). Profiles: able, stage_3, stage_2, stage_1."
)
Side = Annotated[SideName | None, typer.Option("--side", help="The person's own side.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of words for people.")]


@app.callback()
def menu(
    asked: typer.Context,
    source: Annotated[str, typer.Option(help=SourceHelp)] = "camera:0",
    side: Side = None,
) -> None:
    if asked.invoked_subcommand is None:
        from opposable.commands.menu import menu as run

        raise typer.Exit(run(source, side=side, usage=asked.get_help()))


@app.command()
def track(
    source: Annotated[str, typer.Argument(help=SourceHelp)],
    hands: Annotated[int, typer.Option(min=1, max=2, help="How many hands to look for.")] = 1,
    side: Side = None,
    model: Annotated[ModelSize, typer.Option(help="Hand model; auto: what this computer can do.")] = ModelSize.AUTO,
    json: Json = False,
) -> None:
    """Follow hands and print what is seen: with --json one object a line per sample, and a summary at the end."""
    from opposable.commands.track import track as run

    raise typer.Exit(run(source, hands=hands, side=side, model=model.value, as_json=json))


@app.command()
def play(
    level: Annotated[str, typer.Argument(help="A level: its name (coin_drop/01), or a path to a .yaml file.")],
    source: Annotated[str, typer.Option(help=SourceHelp)] = "camera:0",
    side: Side = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same trials.")] = 1,
    headless: Annotated[bool, typer.Option(help="No window; sources that need not wait play at full speed.")] = False,
    json: Json = False,
) -> None:
    """Play one level. In the window: Space pauses, Escape leaves, F11 fills the screen."""
    from opposable.commands.play import play as run

    raise typer.Exit(run(level, source, side=side, seed=seed, headless=headless, as_json=json))


@app.command()
def replay(
    recording: Annotated[Path, typer.Argument(help="A tape that a session left (.tape.jsonl).")],
    window: Annotated[bool, typer.Option(help="Show it in a window, in real time.")] = False,
    json: Json = False,
) -> None:
    """Play a recorded session again, exactly as it was."""
    from opposable.commands.replay import replay as run

    raise typer.Exit(run(recording, window=window, as_json=json))


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
def setup(
    fetch: Annotated[bool, typer.Option(help="Fetch the hand model if it is not here yet.")] = True,
) -> None:
    """Make the hand model ready, and say plainly what works on this computer."""
    from opposable.commands.setup import setup as run

    raise typer.Exit(run(fetch))


def main() -> None:
    """The `opposable` command."""
    from engine.paths import FolderError
    from opposable.console import FOUND, complain

    multiprocessing.freeze_support()
    # Being asked to end is being asked to stop kindly: what was done is kept, as with Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except FolderError as problem:
        complain(str(problem))
        sys.exit(FOUND)


if __name__ == "__main__":
    main()
