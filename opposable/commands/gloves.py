"""`opposable gloves`: what is plugged in, what it says, and a scripted hand that stands in for a glove."""

import contextlib
import os
import socket
from collections.abc import Callable, Iterator

from engine.clock import now_s, wait_s
from engine.hand import FINGERS, Finger, Side
from engine.motion.motion import Motion
from engine.problem import ProblemError
from engine.sources import KINDS, SourceError, SourceState, open_source
from engine.sources.gloveout import NETWORK, SERIAL
from engine.sources.lsl import lab_streaming
from engine.sources.scripted import scripted
from engine.sources.source import Source
from engine.sources.wire import TROUBLE, ports
from opposable.console import FINE, FOUND, complain, emit, say

STREAMS_S, SHOW_EVERY_S, MARK = 1.0, 0.25, 10
Send = Callable[[bytes], None]


def list_gloves(as_json: bool) -> int:
    """Every serial port and lab stream, and how each is written as a source."""
    found = [{"source": f"glove:{port.port}", "about": port.about, "usb": port.is_usb} for port in ports()]
    with contextlib.suppress(SourceError):
        streams = lab_streaming().resolve_streams(STREAMS_S)
        found += [{"source": f"lsl:{info.name()}", "about": f"{info.channel_count()} channels"} for info in streams]
    if as_json:
        emit({"gloves": found})
        return FINE
    for one in found:
        say(f"{one['source']:<32} {one['about']}")
    if not found:
        say("No serial device and no lab stream is to be seen. A port can also be named by hand: glove:PORT.")
    say("Over the network: osc:9010 (OSC or VMC). Without a glove: opposable gloves simulate.")
    return FINE


def monitor(written: str, *, side: str | None, seconds: float, as_json: bool) -> int:
    """Show what a glove says, four times a second, until Ctrl-C or for `seconds`."""
    spec = written if written.partition(":")[0] in KINDS else f"glove:{written}"
    source = open_source(spec, side=Side(side) if side else None)
    seen = False
    with contextlib.closing(source), contextlib.suppress(KeyboardInterrupt):
        seen = _watch(source, seconds, as_json)
    return FINE if seen else FOUND


def _watch(source: Source, seconds: float, as_json: bool) -> bool:
    motion, told, seen = Motion(), "", False
    began_s = show_s = now_s()
    while now_s() - began_s < seconds:
        for sample in source.read(0.05):
            motion.feed(sample)
            seen = True
        status = source.status()
        news = status.ask or status.reason
        if news and news != told:
            complain(news)
        told = news
        if status.state in (SourceState.ENDED, SourceState.GONE):
            return seen
        if now_s() < show_s:
            continue
        show_s += SHOW_EVERY_S
        for each, hand in motion.tick(now_s()).items():
            if not hand.seen:
                continue
            bends = {finger.value: round(hand.value(f"flexion.{finger}"), 3) for finger in FINGERS}
            if as_json:
                emit({"side": each, "flexion": bends, "held": hand.held, "rate_hz": status.rate_hz})
            else:
                bars = "  ".join(f"{name} {'#' * round(MARK * share):<{MARK}}" for name, share in bends.items())
                say(f"{each:<5} {bars}  {' '.join(hand.held)}")
    return seen


def simulate(
    protocol: str, out: str, *, side: str | None, rate_hz: float, seconds: float, dead: str | None
) -> int:  # fmt: skip
    """Play a glove: a scripted hand, written to a pty, a serial port, a TCP or UDP port, or a lab stream."""
    hand_side, dead_finger = Side(side) if side else Side.RIGHT, Finger(dead) if dead else None
    began_s = now_s()
    try:
        with _far_end(protocol, out, rate_hz, f"?side={side}" if side else "") as send:
            next_s = now_s()
            while (t_s := now_s() - began_s) < seconds:
                send(_encoded(protocol, hand_side, t_s, dead_finger))
                next_s = max(next_s + 1.0 / rate_hz, now_s() - 0.1)
                wait_s(next_s - now_s())
    except KeyboardInterrupt:
        pass
    except ProblemError:
        raise
    except TROUBLE as trouble:
        raise ProblemError(f"{out} can no longer be written to ({trouble}).") from None
    return FINE


def _encoded(protocol: str, side: Side, t_s: float, dead: Finger | None) -> bytes:
    hand = scripted(t_s)
    if protocol == "lsl":
        values = [0.5 if finger is dead else hand.curl[finger] for finger in FINGERS]
        return ",".join(f"{value:.6f}" for value in [*values, *[hand.spread] * 5]).encode()
    return {**SERIAL, **NETWORK}[protocol](hand, side, t_s, dead)


@contextlib.contextmanager
def _far_end(protocol: str, out: str, rate_hz: float, option: str) -> Iterator[Send]:
    """The wire to send on. `option`: what the listener has to be told, for a glove's lines say nothing of sides."""
    kind, _, rest = out.partition(":")
    if protocol == "lsl":
        with _stream(rest if kind == "lsl" and rest else "opposable-glove", rate_hz, option) as send:
            yield send
    elif protocol in NETWORK:
        host, _, port = (rest if kind == "udp" else "").rpartition(":")
        if not (host and port.isascii() and port.isdigit() and int(port) <= 65_535):
            raise SourceError(f"--out {out}: {protocol} goes to a UDP port; write --out udp:127.0.0.1:9010.")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
            say(f"Sends to {host}:{port}. Listen with: --source osc:{port}")
            yield lambda data: _told(wire.sendto, data, (host, int(port)))
    elif out == "pty":
        with _pty(option) as send:
            yield send
    elif kind == "tcp" and rest.isascii() and rest.isdigit() and int(rest) <= 65_535:
        with _listener(int(rest), option) as send:
            yield send
    elif kind in ("udp", "lsl", "tcp"):
        raise SourceError(f"--out {out}: {protocol} goes over a wire; write --out pty, --out tcp:PORT or --out COM4.")
    else:
        import serial

        try:
            wire = serial.serial_for_url(out, baudrate=115_200, write_timeout=1.0)
        except TROUBLE as trouble:
            raise SourceError(
                f"--out {out}: it cannot be opened ({trouble}). Try --out pty or --out tcp:5555."
            ) from None
        with contextlib.closing(wire):
            say(f"Sends to {out}. Listen at the other end of the wire with: --source glove:PORT{option}")
            yield lambda data: _told(wire.write, data)


@contextlib.contextmanager
def _pty(option: str) -> Iterator[Send]:
    if not hasattr(os, "openpty"):
        raise SourceError(
            "--out pty: this system has none. Write --out tcp:5555, and --source glove:socket://127.0.0.1:5555."
        )
    import tty

    near, far = os.openpty()
    tty.setraw(far)
    os.set_blocking(near, False)
    say(f"A glove at {os.ttyname(far)}. Play with: --source glove:{os.ttyname(far)}{option}")

    def send(data: bytes) -> None:
        # While nobody reads, the wire is full: what is not taken is lost, as with a glove.
        with contextlib.suppress(BlockingIOError):
            os.write(near, data)

    try:
        yield send
    finally:
        os.close(near)
        os.close(far)


@contextlib.contextmanager
def _listener(port: int, option: str) -> Iterator[Send]:
    """A glove that waits on this computer for one caller at a time."""
    with contextlib.closing(socket.create_server(("127.0.0.1", port))) as server:
        server.setblocking(False)
        address = f"socket://127.0.0.1:{server.getsockname()[1]}"
        say(f"A glove waits here. Play with: --source glove:{address}{option}")
        callers: list[socket.socket] = []

        def send(data: bytes) -> None:
            with contextlib.suppress(BlockingIOError):
                caller, _ = server.accept()
                caller.setblocking(False)
                callers.append(caller)
            for caller in list(callers):
                try:
                    caller.send(data)
                except BlockingIOError:
                    pass
                except OSError:
                    caller.close()
                    callers.remove(caller)

        try:
            yield send
        finally:
            for caller in callers:
                caller.close()


@contextlib.contextmanager
def _stream(name: str, rate_hz: float, option: str) -> Iterator[Send]:
    library = lab_streaming()
    info = library.StreamInfo(name, "MoCap", 10, rate_hz, library.cf_float32, f"{name}-{os.getpid()}")
    info.set_channel_labels([f"{finger}_{kind}" for kind in ("curl", "splay") for finger in FINGERS])
    outlet = library.StreamOutlet(info)
    say(f"Streams as '{name}'. Play with: --source lsl:{name}{option}")
    yield lambda data: outlet.push_sample([float(value) for value in data.split(b",")])


def _told(send: Callable[..., object], *what: object) -> None:
    send(*what)
