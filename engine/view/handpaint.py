"""A hand of a scene, put in the room and painted: the one function the painter calls."""

import numpy as np
import pygame

from engine.hand import Array, Side
from engine.handmodel import HandAngles
from engine.view.handmesh import Floats, bone_moves, fold_shade, into, load_hand_mesh, skin, worn_faces
from engine.view.projection import Eye
from engine.view.scene import Hand
from engine.view.skin import GHOST, TONES, ToneName, skin_colours, warmed
from engine.view.triangles import ROOM_LIGHT, Drawn, paint, prepare
from engine.view.turns import about, about_x, about_y, about_z

# Hand-local axes (thumb, down the arm, back of the hand) laid in the room: palm down, fingers away from the player.
PALM_DOWN = np.array([[-1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
ELBOW_M = {Side.LEFT: np.array([-0.19, 0.01, 0.64]), Side.RIGHT: np.array([0.19, 0.01, 0.64])}
FOREARM_M = 0.24
MOST_WRIST_BEND_RAD = 1.0
GHOST_ALPHA = 0.40


def hand_axes(hand: Hand) -> Array:
    """(3, 3): hand-local axes to the room's. Roll turns the palm up by the thumb side (the same for either hand),
    then pitch lifts the fingertips, then yaw turns the fingers to the player's right.
    A bent wrist turns the hand about its own sideways axis, before all of these."""
    roll = hand.roll_rad if hand.side is Side.RIGHT else -hand.roll_rad
    axes: Array = about_y(-hand.fingers_yaw_rad) @ about_x(hand.pitch_rad) @ about_z(-roll) @ PALM_DOWN
    return axes if hand.wrist_rad == 0.0 else axes @ about_x(hand.wrist_rad)


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
    faces, nearer_m = worn_faces(hand.side, band=hand.affected)
    open_sky = mesh.open_sky * fold_shade(mesh, moves, points, normals)
    return prepare(eye, points, normals, faces, colours, ROOM_LIGHT, open_sky, nearer_m)


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
        turn = about(hinge / length, min(float(bend), MOST_WRIST_BEND_RAD))
    drawn_out: Array = turn @ np.diag([1.0, max(1.0, far / FOREARM_M), 1.0])
    return drawn_out
