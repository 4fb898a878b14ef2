"""What was typed and cannot be meant, answered in one sentence with what can be written instead."""

import contextlib
import inspect
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from enum import Enum, StrEnum
from typing import Annotated, Any, NoReturn, get_args, get_type_hints

import typer
from typer.core import TyperGroup

from engine.problem import NotUnderstoodError

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What typer raises at words it cannot use; it has no public name of its own."""


class SideName(StrEnum):
    """As engine.hand.Side, which would load NumPy before the help is shown."""

    LEFT = "left"
    RIGHT = "right"


Side = Annotated[SideName | None, typer.Option("--side", help="The person's own side.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of words for people.")]


class Commands(TyperGroup):
    """A group of commands that answers a name it does not know with those it does."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise NotUnderstoodError(f"there is no command '{args[0]}'; {_meant(args[0], tuple(self.commands))}")
        return super().resolve_command(ctx, args)


def hand_on(ctx: Any) -> None:
    """What was typed before a command counts for that command, as if it stood after it; what is said there goes first.
    Raises NotUnderstoodError where the command has no such option."""
    name = ctx.invoked_subcommand
    taken = {param.name for param in ctx.command.commands[name].params}
    for option, value in ctx.params.items():
        if ctx.get_parameter_source(option).name != "COMMANDLINE":
            continue
        if option not in taken:
            more = f"`{ctx.command_path} {name} --help` says what can be written after it."
            raise NotUnderstoodError(f"--{option} before '{name}': '{name}' has no --{option}. {more}")
        ctx.default_map = {name: {**(ctx.default_map or {}).get(name, {}), option: str(value)}}


@contextlib.contextmanager
def as_problem() -> Iterator[None]:
    """Raises NotUnderstoodError in place of typer's own error, which fills three lines."""
    try:
        yield
    except UsageError as error:
        _explain(error)


def _explain(error: Any) -> NoReturn:
    ctx, param = error.ctx, getattr(error, "param", None)
    more = f" `{ctx.command_path} --help` says more." if ctx is not None else ""
    unknown = getattr(error, "option_name", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        said = error.format_message()
    elif type(error).__name__ == "NoSuchOption":
        names = tuple(name for one in ctx.command.params for name in (*one.opts, *one.secondary_opts) if "--" in name)
        said = f"there is no option {unknown}; {_meant(str(unknown), names)}{more}"
    elif type(error).__name__ == "MissingParameter" and param is not None:
        said = f"{ctx.command_path}: the {param.name} is missing. {param.help}{more}"
    elif param is not None:
        found = _typed_after(param.opts)
        said = f"{param.opts[0]}{found}: {_allowed(ctx, param.name)}."
    else:
        said = f"{error.format_message().rstrip('.')}.{more}"
    raise NotUnderstoodError(said) from None


def _meant(word: str, known: tuple[str, ...]) -> str:
    nearest = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean '{nearest[0]}'?" if nearest else f"it can be {', '.join(known)}."


def _typed_after(names: list[str]) -> str:
    """What stands after an option among the words that were typed."""
    for before, word in zip(sys.argv, [*sys.argv[1:], ""], strict=True):
        if before in names:
            return f" {word}"
        if before.partition("=")[0] in names:
            return f" {before.partition('=')[2]}"
    return ""


def _allowed(ctx: Any, name: str) -> str:
    """What an option may be, read from the signature of the command it belongs to."""
    hint = get_type_hints(inspect.unwrap(ctx.command.callback), include_extras=True)[name]
    kind, option = get_args(hint)
    kinds = [one for one in (kind, *get_args(kind)) if isinstance(one, type)]
    for one in kinds:
        if issubclass(one, Enum):
            return f"it can be {' or '.join(str(choice.value) for choice in one)}"
    number = "a whole number" if int in kinds else "a number" if float in kinds else "a value"
    if option.max is not None:
        return f"write {number} from {option.min:g} to {option.max:g}"
    return f"write {number}{'' if option.min is None else f' of {option.min:g} or more'}"
