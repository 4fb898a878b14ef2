"""Pictures to look at: sample scenes and messages in every palette and at several sizes, as PNG files.

Run: `python -m tools.look [FOLDER]`.
"""

import argparse
import os
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame

from bench.frame import WORDS, scene
from engine.view.buttons import Choice
from engine.view.messages import Message, Pointing
from engine.view.painter import Painter
from engine.view.palette import PALETTES

SIZES = ((1280, 720), (1920, 1080), (800, 600))
GO, LEAVE = Choice("go", "Go on", "play"), Choice("leave", "Leave", "leave")
MESSAGES = {
    "paused": Message("Paused", ("Rest your hand. Nothing is lost.",), "pause", choices=(GO, LEAVE)),
    "rest": Message("Rest", ("The next one waits for you.",), breath=0.7, choices=(GO,)),
    "summary": Message(
        "Two sets are done", (), "ok", (("18", "coins put away"), ("12 min", "of practice")), None, (LEAVE,)
    ),
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for palette in PALETTES.values():
        for size in SIZES:
            for text_scale in (1.0, 2.0):
                painter = Painter(size, palette, words=WORDS, text_scale=text_scale)
                name = f"{palette.name}_{size[0]}_{text_scale:g}"
                pygame.image.save(painter.paint(scene(120, hand=True)), str(folder / f"play_{name}.png"))
                for title, message in MESSAGES.items():
                    picture = painter.message(message, Pointing(hover="go", focus="leave"))
                    pygame.image.save(picture, str(folder / f"{title}_{name}.png"))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path, nargs="?", default=Path("look"))
    main(arguments.parse_args().folder)
