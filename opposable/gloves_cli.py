"""The command line of gloves: `opposable gloves ...`."""

from enum import StrEnum
from typing import Annotated

import typer

from opposable.typed import Commands, Json, Side

gloves_app = typer.Typer(
    cls=Commands, no_args_is_help=True, rich_markup_mode=None, help="Gloves: see, watch, stand in for one."
)


class FingerName(StrEnum):
    """As engine.hand.Finger, which would load NumPy before the help is shown."""

    THUMB = "thumb"
    INDEX = "index"
    MIDDLE = "middle"
    RING = "ring"
    LITTLE = "little"


class Protocol(StrEnum):
    """What a simulated glove can speak."""

    ALPHA = "alpha"
    LEGACY = "legacy"
    CSV = "csv"
    OSC = "osc"
    VMC = "vmc"
    LSL = "lsl"


@gloves_app.command("list")
def list_(json: Json = False) -> None:
    """Show serial ports and lab streams, written as sources."""
    from opposable.commands.gloves import list_gloves as run

    raise typer.Exit(run(json))


@gloves_app.command("monitor")
def monitor(
    source: Annotated[str, typer.Argument(help="A port, or any source: auto, COM3, osc:9010, lsl:NAME.")] = "auto",
    side: Side = None,
    seconds: Annotated[float, typer.Option(min=1, help="Stop after this long.")] = 86_400,
    json: Json = False,
) -> None:
    """Show what a glove says, finger by finger, until Ctrl-C."""
    from opposable.commands.gloves import monitor as run

    raise typer.Exit(run(source, side=side, seconds=seconds, as_json=json))


@gloves_app.command("simulate")
def simulate(
    protocol: Annotated[Protocol, typer.Option(help="What it speaks.")] = Protocol.ALPHA,
    out: Annotated[
        str, typer.Option(help="Where to: pty, tcp:PORT, a serial port, udp:HOST:PORT (osc, vmc), lsl:NAME.")
    ] = "pty",
    side: Side = None,
    rate: Annotated[float, typer.Option(min=1, max=1000, help="Readings a second.")] = 100,
    seconds: Annotated[float, typer.Option(min=0.1, help="Stop after this long.")] = 86_400,
    dead: Annotated[FingerName | None, typer.Option(help="A finger whose sensor says nothing.")] = None,
) -> None:
    """Stand in for a glove: a scripted hand that opens, closes, pinches and spreads, until Ctrl-C."""
    from opposable.commands.gloves import simulate as run

    raise typer.Exit(run(protocol.value, out, side=side, rate_hz=rate, seconds=seconds, dead=dead))
