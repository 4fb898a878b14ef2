"""The command line of the level designer: `opposable levels ...`."""

from pathlib import Path
from typing import Annotated

import typer

from opposable.typed import Commands, Json

levels_app = typer.Typer(
    cls=Commands,
    help="Write levels: list, begin, check, explain, preview, simulate, watch, and add packs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Level = Annotated[str, typer.Argument(help="A level: its name (coin_drop/01), or a path to a .yaml file.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="The picture file to write.")]


@levels_app.command("list")
def list_(json: Json = False) -> None:
    """Every level, by game and stage, with for whom it is."""
    from opposable.commands.levels import list_levels

    raise typer.Exit(list_levels(as_json=json))


@levels_app.command()
def new(
    game: Annotated[str, typer.Argument(help="The game: coin_drop, bead_picking or mirror_avatar.")],
    path: Annotated[Path | None, typer.Argument(help="The file to write; my_GAME.yaml here if left out.")] = None,
) -> None:
    """Write a first level of a game, with what an editor needs to help you change it."""
    from opposable.commands.levels import new as run

    raise typer.Exit(run(game, path))


@levels_app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(help="Level files, folders of them, or levels by name.")],
    play: Annotated[bool, typer.Option(help="Let simulated hands play each level; --no-play only reads.")] = True,
) -> None:
    """Every mistake at once, with file, line, column and what to write instead; then what to consider."""
    from opposable.commands.check import check as run

    raise typer.Exit(run(paths, play=play))


@levels_app.command()
def explain(level: Level) -> None:
    """Every parameter's value at difficulty 0, 5 and 10, in words."""
    from opposable.commands.levels import explain as run

    raise typer.Exit(run(level))


@levels_app.command()
def preview(level: Level, output: Output = None) -> None:
    """What the player sees, at three difficulties, as a picture."""
    from opposable.commands.levels import preview as run

    raise typer.Exit(run(level, output))


@levels_app.command()
def simulate(
    level: Level,
    profile: Annotated[str | None, typer.Option(help="One simulated patient; all of them if left out.")] = None,
    sessions: Annotated[int, typer.Option(min=1, max=50, help="Days in a row, each going on from the last.")] = 3,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same sessions.")] = 1,
    json: Json = False,
    output: Output = None,
) -> None:
    """Simulated patients play the level: success, repetitions, minutes, difficulty reached, causes of a miss."""
    from opposable.commands.levels import simulate as run

    raise typer.Exit(run(level, profile, sessions, seed, output, as_json=json))


@levels_app.command()
def watch(
    level: Level,
    source: Annotated[str, typer.Option(help="Who plays: sim:able and other profiles, keys:, camera:0.")] = "sim:able",
    difficulty: Annotated[float | None, typer.Option(min=0, max=10, help="Hold it here, 0 easiest to 10.")] = None,
) -> None:
    """The game open beside your editor: it plays on with every change you save, and shows what to correct."""
    from opposable.commands.watch import watch as run

    raise typer.Exit(run(level, source, difficulty))


@levels_app.command()
def add(pack: Annotated[Path, typer.Argument(help="A pack of levels: a .zip file or a folder.")]) -> None:
    """Add a pack of levels; it comes in whole and safely, or not at all."""
    from opposable.commands.levels import add as run

    raise typer.Exit(run(pack))
