"""`opposable levels ...`: the tools of the person who writes levels."""

from pathlib import Path

from engine.play.levelfile import LevelFile, find_levels, load_level, resolve_level
from engine.play.levelwords import did_you_mean
from engine.play.packs import add_pack, find_packs
from engine.play.profiles import profiles
from engine.problem import NotUnderstoodError
from games import AnyGame, all_games
from opposable.console import FINE, FOUND, complain, emit, say
from opposable.outputs import check_file


def list_levels(*, as_json: bool) -> int:
    """Every level that may be played, by game and stage, and packs that need a change first."""
    games = all_games()
    packs = find_packs(games)
    levels = [*find_levels(games).levels, *(level for pack in packs for level in pack.shelf.levels)]
    if as_json:
        emit({"levels": [_facts(file) for file in levels]})
    for game in () if as_json else games:
        own = sorted((file for file in levels if file.game is game), key=lambda file: (file.level.stage, file.name))
        if own:
            say(game.name)
        for file in own:
            level = file.level
            say(f"  stage {level.stage}  {file.name:36} {level.title:30} {level.sets} x {level.repetitions}")
            say(f"           {level.for_whom}")
    broken = [pack for pack in packs if not pack.offered]
    for pack in broken:
        for problem in pack.shelf.problems:
            complain(f"pack {pack.name}: {problem}")
        if not pack.shelf.levels and not pack.shelf.problems:
            complain(f"pack {pack.name}: there is no level in {pack.folder}.")
    return FOUND if broken else FINE


def new(game_name: str, path: Path | None) -> int:
    """Write a first level of a game, to be changed."""
    from opposable.designer.starting import begin

    game = find_game(game_name)
    path = path or Path(f"my_{game.name}.yaml")
    begin(game, path)
    say(f"{path} is written. Change it in your editor; `opposable levels watch {path}` shows it beside.")
    return FINE


def explain(name: str) -> int:
    """Every parameter at difficulty 0, 5 and 10, in words."""
    from opposable.designer.explaining import explain as told

    file = find_level(name)
    say("\n".join(told(file.level)))
    return FINE


def preview(name: str, output: Path | None) -> int:
    """A picture of what the player sees, at three difficulties."""
    file = find_level(name)
    path = output or Path(f"{file.name.replace('/', '_')}.png")
    if path.suffix.lower() not in (".png", ".jpg"):
        raise NotUnderstoodError(f"{path}: a preview is a picture; let its name end in .png or .jpg.")
    check_file(path)
    from opposable.screens.preview import save_preview

    save_preview(file, str(path))
    say(str(path))
    return FINE


def simulate(name: str, profile: str | None, sessions: int, seed: int, output: Path | None, *, as_json: bool) -> int:
    """Simulated patients play the level; a table, or JSON, and a chart with -o."""
    from opposable.designer.explaining import table
    from opposable.designer.simulation import simulate as played

    known = tuple(profiles())
    if profile is not None and profile not in known:
        raise NotUnderstoodError(f"there is no simulated patient '{profile}'{did_you_mean(profile, known)}")
    if output is not None and output.suffix.lower() not in (".png", ".svg"):
        raise NotUnderstoodError(f"{output}: the chart is a picture; let its name end in .png or .svg.")
    file = find_level(name)
    if output is not None:
        check_file(output)
    outcomes = played(file, () if profile is None else (profile,), sessions=sessions, seed=seed)
    if as_json:
        emit({"level": file.name, "sessions": sessions, "seed": seed, "profiles": [o.as_json() for o in outcomes]})
    else:
        say(f"{file.level.title} ({file.name}), {sessions} sessions by each; simulated hands, not people.")
        say("\n".join(table(outcomes)))
    if output is not None:
        from opposable.designer.chart import save_chart

        save_chart(file.level, outcomes, output)
        if not as_json:
            say(f"Chart: {output}")
    return FINE


def add(path: Path) -> int:
    """Take in a pack of levels: a folder or a zip file."""
    if not path.exists():
        raise NotUnderstoodError(
            f"'{path}': there is no such file or folder; name a pack, a .zip file or a folder of levels."
        )
    pack = add_pack(path, all_games())
    count = len(pack.shelf.levels)
    say(f"{count} {'level' if count == 1 else 'levels'} added from {pack.name}; they are in {pack.folder}.")
    for file in pack.shelf.levels:
        say(f"  {file.name}")
    return FINE


def find_level(name: str) -> LevelFile:
    """The level of that name or path. Raises LevelErrors."""
    return load_level(resolve_level(name), all_games())


def find_game(name: str) -> AnyGame:
    """The game of that name. Raises NotUnderstoodError, with those there are."""
    games = {game.name: game for game in all_games()}
    if name not in games:
        raise NotUnderstoodError(f"there is no game '{name}'{did_you_mean(name, tuple(games))}")
    return games[name]


def _facts(file: LevelFile) -> dict[str, object]:
    level = file.level
    facts = ("title", "stage", "for_whom", "why", "sets", "repetitions")
    return {"name": file.name, "game": file.game.name, **{fact: getattr(level, fact) for fact in facts}}
