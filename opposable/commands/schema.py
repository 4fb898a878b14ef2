"""`opposable schema`: what an editor needs to complete keys and to explain them."""

from pathlib import Path

from engine.problem import NotUnderstoodError, ProblemError
from games import BUILT_IN
from opposable.commands.levels import find_game
from opposable.console import FINE, say
from opposable.designer.reference import reference_page, schema_text


def schema(game_name: str | None, output: Path | None, *, page: bool) -> int:
    """Print the JSON Schema of a game's levels (or, with `page`, the reference page), or write it to a file."""
    if page:
        text = reference_page()
    elif game_name is None:
        raise NotUnderstoodError(f"say which game: {', '.join(game.name for game in BUILT_IN)}.")
    else:
        text = schema_text(find_game(game_name))
    if output is None:
        say(text.rstrip("\n"))
        return FINE
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise ProblemError(f"{output}: it cannot be written ({problem.strerror}); choose another place.") from None
    return FINE
