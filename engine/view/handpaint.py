"""A hand of a scene, put in the room and painted: the one function the painter calls."""

from functools import lru_cache

import numpy as np
import pygame

from engine.hand import Array, Side
from engine.handmodel import HandAngles
from engine.view.handmesh import Floats, HandMesh, Indices, bone_moves, fold_shade, into, load_hand_mesh, skin
from engine.view.projection import Eye
from engine.view.scene import Hand
from engine.view.skin import GHOST, TONES, ToneName, skin_colours, warmed
from engine.view.triangles import ROOM_LIGHT, Drawn, paint, prepare

# Hand-local axes (thumb, down the arm, back of the hand) laid in the room: palm down, fingers away from the player.
PALM_DOWN = np.array([[-1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
ELBOW_M = {Side.LEFT: np.array([-0.21, 0.015, 0.62]), Side.RIGHT: np.array([0.21, 0.015, 0.62])}
FOREARM_M = 0.24
MOST_WRIST_BEND_RAD = 1.0
DETAIL_NEARER_M, BAND_NEARER_M = 0.004, 0.020
GHOST_ALPHA = 0.40


def hand_axes(hand: Hand) -> Array:
    """(3, 3): hand-local axes to the room's. Roll turns the palm up by the thumb side (the same for either hand),
    then pitch lifts the fingertips, then yaw turns the fingers to the player's right."""
    roll = hand.roll_rad if hand.side is Side.RIGHT else -hand.roll_rad
    axes: Array = _about_y(-hand.fingers_yaw_rad) @ _about_x(hand.pitch_rad) @ _about_z(-roll) @ PALM_DOWN
    return axes


def place(hand: Hand, angles: HandAngles) -> tuple[Floats, Floats, Array]:
    """The hand's skin in the room: points (n, 3) metres, unit normals (n, 3), and the bones' moves (33, 3, 4)."""
    mesh = load_hand_mesh()
    axes = hand_axes(hand)
    moves = bone_moves(mesh, angles, _towards_elbow(hand, axes))
    moves = into(moves, axes, np.array(hand.wrist_m), hand.side)
    points, normals = skin(mesh, moves)
    return points, normals, moves


def paint_hand(
    surface: pygame.Surface,
    eye: Eye,
    hand: Hand,
    angles: HandAngles | None = None,
    tone: ToneName = "honey",
    alpha: float = 1.0,
) -> pygame.Rect:
    """Paint a hand as the eye sees it; `hand.angles` come first, then `angles` (the player's own), then a flat hand.

    `alpha` 0..1 fades the whole hand (a hand that was lost, a ghost that comes and goes). Returns what changed.
    """
    pose = hand.angles or angles or HandAngles()
    return paint(surface, drawn_hand(eye, hand, pose, tone), alpha * (GHOST_ALPHA if hand.ghost else 1.0))


def drawn_hand(eye: Eye, hand: Hand, angles: HandAngles, tone: ToneName) -> Drawn:
    """The shaded triangles of a hand, far to near."""
    mesh = load_hand_mesh()
    points, normals, moves = place(hand, angles)
    colours = skin_colours(GHOST if hand.ghost else TONES[tone])
    if not hand.ghost:
        colours = warmed(colours, mesh, hand.warm)
    faces, nearer = _worn(mesh, hand.side, hand.affected)
    open_sky = mesh.open_sky * fold_shade(mesh, moves, points, normals)
    return prepare(eye, points, normals, faces, colours, ROOM_LIGHT, open_sky, nearer)


@lru_cache(maxsize=4)
def _worn(mesh: HandMesh, side: Side, band: bool) -> tuple[Indices, Floats]:
    """The faces (3, m) to draw, clockwise as seen from outside in the room, and how much nearer each is drawn."""
    nearer = np.array([0.0, DETAIL_NEARER_M, BAND_NEARER_M], dtype=np.float32)
    shown = mesh.part < (3 if band else 2)
    faces = mesh.faces[shown] if side is Side.LEFT else mesh.faces[shown][:, ::-1]
    return np.ascontiguousarray(faces.T), nearer[mesh.part[shown]]


def _towards_elbow(hand: Hand, axes: Array) -> Array:
    """(3, 3) in hand-local axes: the forearm turned from straight on towards the elbow, which rests at the table's
    edge, and drawn out long enough to reach it."""
    line = ELBOW_M[hand.side] - np.array(hand.wrist_m)
    far = float(np.linalg.norm(line))
    local = axes.T @ (line / max(far, 1e-6))
    if hand.side is Side.LEFT:
        local = local * (-1.0, 1.0, 1.0)
    bend = np.arccos(np.clip(local[1], -1.0, 1.0))
    hinge = np.array([local[2], 0.0, -local[0]])
    length = np.linalg.norm(hinge)
    if length < 1e-6:
        turn = np.eye(3)
    else:
        turn = _about(hinge / length, min(float(bend), MOST_WRIST_BEND_RAD))
    drawn_out: Array = turn @ np.diag([1.0, max(1.0, far / FOREARM_M), 1.0])
    return drawn_out


def _about(axis: Array, angle_rad: float) -> Array:
    """Rotation about a unit axis (Rodrigues)."""
    x, y, z = axis
    skew = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    turn: Array = np.eye(3) + np.sin(angle_rad) * skew + (1 - np.cos(angle_rad)) * (skew @ skew)
    return turn


def _about_x(angle_rad: float) -> Array:
    return _about(np.array([1.0, 0.0, 0.0]), angle_rad)


def _about_y(angle_rad: float) -> Array:
    return _about(np.array([0.0, 1.0, 0.0]), angle_rad)


def _about_z(angle_rad: float) -> Array:
    return _about(np.array([0.0, 0.0, 1.0]), angle_rad)
