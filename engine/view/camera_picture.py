"""The picture a webcam would take of these hands: a synthetic camera, for tests and for trying things out.

Pixels, x right and y down, unmirrored: the person's right hand, palm to the camera and fingers up, has its thumb at
the picture's right. The picture is a room out of focus, the hands in front of it, and a little sensor noise.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import atan

import numpy as np
import pygame
from numpy.typing import NDArray

from engine.hand import Array, Side
from engine.handmodel import HandAngles, hand_points
from engine.view.handmesh import bone_moves, fold_shade, into, load_hand_mesh, skin, worn_faces
from engine.view.light import ease, noise
from engine.view.projection import Eye
from engine.view.skin import TONES, ToneName, skin_colours
from engine.view.triangles import Light, paint, prepare
from engine.view.turns import about_x, about_y, about_z

Pixels = NDArray[np.uint8]

FOCAL_PER_HEIGHT = 1.15
"""A usual webcam: 47 degrees high, 60 degrees wide at 4:3."""
PALM_M = 0.094
"""Wrist to middle knuckle of the hand model: what `palm_px` measures."""
PALM_CENTRE_M = np.array([-0.006, -0.062, 0.0])
FACING = np.diag([1.0, -1.0, -1.0])
"""Hand-local axes (y down, z away) laid before a camera that looks along -z with y up."""
NOISY_ROOMS = 4

CAMERA_LIGHT = Light(
    key=(-0.480, 0.600, 0.640),
    key_colour=(0.86, 0.82, 0.76),
    sky_colour=(0.38, 0.39, 0.41),
    ground_colour=(0.26, 0.235, 0.215),
    shine=0.12,
)


@dataclass(frozen=True)
class CameraHand:
    """One hand before the camera.

    `palm_xy_px`: where the middle of the palm is; `palm_px`: wrist to middle knuckle, square to the camera.
    `roll_rad` turns the hand in the picture (positive: fingertips to the picture's right), `yaw_rad` turns it about
    its long axis, `tilt_rad` leans the fingertips towards the camera.
    """

    side: Side
    angles: HandAngles
    palm_xy_px: tuple[float, float] = (320.0, 250.0)
    palm_px: float = 130.0
    roll_rad: float = 0.0
    yaw_rad: float = 0.0
    tilt_rad: float = 0.0
    tone: ToneName = "sand"


def camera_picture(hands: tuple[CameraHand, ...], size_px: tuple[int, int] = (640, 480), number: int = 0) -> Pixels:
    """The picture (h, w, 3), RGB; the same arguments give the same bytes. `number` picks the sensor noise of the
    moment, so that two pictures of a still hand are not equal."""
    surface = _room(size_px, number % NOISY_ROOMS).copy()
    mesh, eye = load_hand_mesh(), _camera(size_px)
    for hand in sorted(hands, key=lambda one: one.palm_px):
        turn, at_m = _placed(hand, eye)
        moves = into(bone_moves(mesh, hand.angles), turn, at_m, hand.side)
        points, normals = skin(mesh, moves)
        open_sky = mesh.open_sky * fold_shade(mesh, moves, points, normals)
        faces, nearer_m = worn_faces(hand.side, band=False)
        colours = skin_colours(TONES[hand.tone])
        paint(surface, prepare(eye, points, normals, faces, colours, CAMERA_LIGHT, open_sky, nearer_m))
    flat = np.frombuffer(pygame.image.tobytes(surface, "RGB"), dtype=np.uint8)
    return flat.reshape(size_px[1], size_px[0], 3)


def true_landmarks_px(hand: CameraHand, size_px: tuple[int, int] = (640, 480)) -> Array:
    """Where the hand's 21 landmarks are in the picture, (21, 2) pixels."""
    eye = _camera(size_px)
    turn, at_m = _placed(hand, eye)
    return eye.project(hand_points(hand.angles, hand.side) @ turn.T + at_m)[0]


def _camera(size_px: tuple[int, int]) -> Eye:
    return Eye((0.0, 0.0, 0.0), 0.0, 2 * atan(0.5 / FOCAL_PER_HEIGHT), size_px)


def _placed(hand: CameraHand, eye: Eye) -> tuple[Array, Array]:
    """Rotation (3, 3) and wrist place (3,) before the camera of hand-local axes (a left hand's own)."""
    handed = 1.0 if hand.side is Side.RIGHT else -1.0
    turn = FACING @ about_z(hand.roll_rad) @ about_y(handed * hand.yaw_rad) @ about_x(-hand.tilt_rad)
    depth = eye.focal_px * PALM_M / hand.palm_px
    x, y = (hand.palm_xy_px[0] - eye.size_px[0] / 2), (eye.size_px[1] / 2 - hand.palm_xy_px[1])
    centre = np.array([x * depth / eye.focal_px, y * depth / eye.focal_px, -depth])
    return turn, centre - turn @ (PALM_CENTRE_M * (handed, 1.0, 1.0))


@lru_cache(maxsize=8)
def _room(size_px: tuple[int, int], number: int) -> pygame.Surface:
    """A wall with window light, a table below, something soft in the background; with this moment's noise."""
    width, height = size_px
    x, y = np.meshgrid(np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32))
    wall = np.array([214, 207, 194], np.float32) * (1.0 - 0.28 * y - 0.20 * x)[..., None]
    shelf = ease(0.62, 0.70, x) * ease(0.60, 0.50, y) * ease(0.08, 0.16, y)
    wall += (np.array([112, 98, 86], np.float32) - wall) * (0.55 * shelf)[..., None]
    plant = ease(0.30, 0.10, np.hypot((x - 0.10) * 1.2, y - 0.62))
    wall += (np.array([86, 112, 84], np.float32) - wall) * (0.5 * plant)[..., None]
    table = ease(0.80, 0.90, y + 0.03 * noise(x * 6, y * 6, 51))
    room = wall + (np.array([150, 116, 84], np.float32) - wall) * table[..., None]
    room *= (0.97 + 0.06 * noise(x * 9, y * 9, 52))[..., None]
    room = room + np.random.default_rng(number).normal(0.0, 2.2, (height, width, 3))
    surface = pygame.Surface(size_px, 0, 32)
    pygame.surfarray.blit_array(surface, np.clip(room, 0, 255).astype(np.uint8).swapaxes(0, 1))
    return surface
