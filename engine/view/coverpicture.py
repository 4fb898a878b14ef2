"""Pictures from elsewhere are decoded in a process of their own: a damaged one can end that, and nothing else.

What comes back is a small picture of known size. The file is checked by its header before (`engine.play.picturefile`).
"""

import io
import multiprocessing
import signal
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Self

import pygame

from engine.courtesy import let_the_window_go_first
from engine.play.picturefile import PictureRefusedError, check_picture

SIZE_PX = (480, 270)
DECODE_LIMIT_S = 5.0


@dataclass
class CoverDecoder:
    """One child that decodes picture after picture; a new one takes over where a picture ended it."""

    _child: BaseProcess | None = field(default=None, init=False)
    _pipe: Connection | None = field(default=None, init=False)
    restarts: int = field(default=0, init=False)

    def decode(self, raw: bytes) -> pygame.Surface:
        """The picture, filling SIZE_PX. Raises `PictureRefusedError`."""
        check_picture(raw)
        pipe = self._ready()
        answer: object = None
        try:
            pipe.send_bytes(raw)
            if pipe.poll(DECODE_LIMIT_S):
                answer = pipe.recv_bytes(SIZE_PX[0] * SIZE_PX[1] * 3)
        except (EOFError, OSError):
            answer = None
        if not isinstance(answer, bytes):
            self.close()
            self.restarts += 1
        if not isinstance(answer, bytes) or not answer:
            raise PictureRefusedError("the picture is damaged and cannot be shown; save it again")
        return pygame.image.frombytes(answer, SIZE_PX, "RGB")

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
        if self._pipe is not None:
            self._pipe.close()
        self._child = self._pipe = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ready(self) -> Connection:
        if self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._child = context.Process(target=_decode_all, args=(theirs,), daemon=True)
            self._child.start()
            theirs.close()
        return self._pipe


def _decode_all(pipe: Connection) -> None:
    """The child: a picture in, its pixels out, nothing where it cannot be read; ends with its parent."""
    # Ctrl-C is for the parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    let_the_window_go_first()
    while True:
        try:
            raw = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        try:
            pipe.send_bytes(_pixels(raw))
        except Exception:  # whatever a damaged picture makes the decoder raise
            pipe.send_bytes(b"")


def _pixels(raw: bytes) -> bytes:
    picture = pygame.image.load(io.BytesIO(raw), "cover.png" if raw.startswith(b"\x89") else "cover.jpg")
    width, height = SIZE_PX
    scale = max(width / picture.get_width(), height / picture.get_height())
    size = (max(width, round(picture.get_width() * scale)), max(height, round(picture.get_height() * scale)))
    large = pygame.transform.smoothscale(_in_full_colour(picture), size)
    shown = pygame.Surface(SIZE_PX, depth=24)
    shown.blit(large, ((width - size[0]) // 2, (height - size[1]) // 2))
    return pygame.image.tobytes(shown, "RGB")


def _in_full_colour(picture: pygame.Surface) -> pygame.Surface:
    full = pygame.Surface(picture.get_size(), depth=24)
    full.blit(picture, (0, 0))
    return full
