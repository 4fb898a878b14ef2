"""What a hand costs to see, milliseconds of processor time: each step, the whole hand, and a camera picture.

Run: `python -m bench.hand_view`. No window is opened.
"""

import os
from collections.abc import Callable
from time import thread_time

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import numpy as np
import pygame

from engine.hand import Side
from engine.handmodel import FingerAngles, HandAngles, ThumbAngles
from engine.view.camera_picture import CameraHand, camera_picture
from engine.view.handmesh import bone_moves, fold_shade, into, load_hand_mesh, skin
from engine.view.handpaint import drawn_hand, hand_axes, paint_hand, place
from engine.view.projection import seated_eye
from engine.view.scene import Hand
from engine.view.triangles import paint

SIZE_PX = (1280, 720)
TIMES = 120
HAND = Hand(Side.RIGHT, (0.16, 0.045, 0.10), -0.15, 0.05, 0.1, affected=True)
FINGER = FingerAngles(0.28, 0.40, 0.25)
ANGLES = HandAngles(ThumbAngles(0.55, 0.50, 0.20, 0.20), FINGER, FINGER, FINGER, FINGER)


def cost_ms(work: Callable[[], object]) -> tuple[float, float]:
    """Median and lowest of many runs."""
    work()
    spent = []
    for _ in range(TIMES):
        began_s = thread_time()
        work()
        spent.append(thread_time() - began_s)
    return float(np.median(spent)) * 1000, min(spent) * 1000


def main() -> None:
    mesh, eye = load_hand_mesh(), seated_eye(SIZE_PX)
    surface = pygame.Surface(SIZE_PX, depth=32)
    moves = into(bone_moves(mesh, ANGLES), hand_axes(HAND), np.array(HAND.wrist_m), HAND.side)
    points, normals = skin(mesh, moves)
    drawn = drawn_hand(eye, HAND, ANGLES, "honey")
    steps: dict[str, Callable[[], object]] = {
        "skin (bones moved already)": lambda: skin(mesh, moves),
        "shade of the fingers on each other": lambda: fold_shade(mesh, moves, points, normals),
        "pose to points in the room": lambda: place(HAND, ANGLES),
        "pose to shaded, sorted triangles": lambda: drawn_hand(eye, HAND, ANGLES, "honey"),
        "painting them, smooth": lambda: paint(surface, drawn),
        "the whole hand": lambda: paint_hand(surface, eye, HAND, ANGLES),
        "a camera picture 640x480": lambda: camera_picture((CameraHand(Side.RIGHT, ANGLES),)),
    }
    print(f"{len(mesh.faces)} triangles, {len(drawn.rgb)} of them seen; median (lowest) of {TIMES}, ms")
    for name, work in steps.items():
        median, lowest = cost_ms(work)
        print(f"{name:38s} {median:6.2f} ({lowest:.2f})")


if __name__ == "__main__":
    main()
