"""What a glove feels, shown as a hand: bends, spread and touches to the pose of the hand model, and its HandFrame."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.hand import ALL_SENSED, FINGERS, LONG_FINGERS, Array, Finger, HandFrame, Sensed, Side
from engine.handmodel import FingerAngles, HandAngles, hand_points
from engine.motion.poses import as_felt, pose_for
from engine.sources.apart import kept_apart

Joints = tuple[float, float, float]
# A bend sensor feels no touch. Pads meet where thumb and finger are about half bent, on an able adult's hand.
TOUCHING_BEND = 0.5
# While the other fingers are this much bent it is a grasp, and no more a pinch.
GRASP_BEGINS, GRASP = 0.60, 0.80
# A pinching finger is bent more than the middle one of the others; by less than the first it goes with them, in a fist.
# Chosen: a script's fist has no such lead, a pinch in which the others go half along has 0.3.
LEAD_BEGINS, LEAD = 0.10, 0.22
_FLEXIONS = tuple((finger, f"flexion.{finger}") for finger in FINGERS)
_BENDS = Sensed(angles=False)
_PINCHES = {finger: f"pinch.{finger}" for finger in LONG_FINGERS}


@dataclass(frozen=True, eq=False)
class Felt:
    """One reading of one hand. `curl`: 0 straight, 1 closed, by finger; one that is not there goes with its neighbours.
    `spread`: 0 together, 1 apart. `contacts`: long fingers that touch the thumb, None where touch is not felt.
    `bends_rad`: MCP, PIP and DIP of the long fingers a glove measures one by one.
    `angle_rad`: all 20 joint angles, where it measures them all; then nothing else is looked at but `contacts`.
    `quality`: 0..1, how far the reading may be believed."""

    curl: Mapping[Finger, float] = field(default_factory=dict)
    spread: float = 0.0
    contacts: frozenset[Finger] | None = None
    bends_rad: Mapping[Finger, Joints] = field(default_factory=dict)
    angle_rad: Array | None = None
    quality: float = 1.0


def controls_of(felt: Felt) -> dict[str, float]:
    """The controls to pose the hand model with, 0..1 of an able adult's range."""
    curl = _whole(felt.curl)
    controls = {name: curl[finger] for finger, name in _FLEXIONS}
    controls["spread"] = felt.spread
    controls["opposition"] = curl[Finger.THUMB]
    for finger, share in _pinches(curl, felt.contacts).items():
        controls[_PINCHES[finger]] = share
    return controls


def felt_angles(felt: Felt) -> HandAngles:
    """The pose of the whole hand."""
    if felt.angle_rad is not None:
        if felt.contacts is None:
            return HandAngles.from_array(felt.angle_rad)
        touching = dict.fromkeys(felt.contacts, 1.0)
        named = {_PINCHES[finger]: share for finger, share in touching.items()}
        return kept_apart(as_felt(felt.angle_rad.tolist(), named), touching)
    controls = controls_of(felt)
    pose = _as_measured(felt, controls, pose_for(controls))
    return kept_apart(pose, {finger: controls.get(name, 0.0) for finger, name in _PINCHES.items()})


def _as_measured(felt: Felt, controls: Mapping[str, float], pose: HandAngles) -> HandAngles:
    """The pose with the joints that are measured one by one, but for those of a finger that pinches."""
    if not felt.bends_rad:
        return pose
    fingers = []
    for finger, posed in zip(LONG_FINGERS, pose.fingers, strict=True):
        measured = felt.bends_rad.get(finger)
        free = controls.get(_PINCHES[finger], 0.0) <= 0.0
        fingers.append(FingerAngles(*measured, posed.abduction_rad) if measured and free else posed)
    return HandAngles(pose.thumb, *fingers)


def felt_frame(felt: Felt, side: Side, t_s: float, dead: tuple[Finger, ...] = ()) -> HandFrame:
    """The hand as every other source shows it; it has no picture, and so no place. `dead`: fingers whose sensors say
    nothing, be they shown or not."""
    return HandFrame(t_s, side, hand_points(felt_angles(felt), side), None, felt.quality, _sensed(felt, dead))


def _sensed(felt: Felt, dead: tuple[Finger, ...]) -> Sensed:
    """Bends, also of single joints, are shares of a sensor's range, not angles; an avatar's bones are posed by another
    program, mostly from such shares."""
    if felt.angle_rad is not None:
        return ALL_SENSED
    missing = tuple([finger for finger in FINGERS if finger in dead or finger not in felt.curl])
    return Sensed(angles=False, missing=missing) if missing else _BENDS


def _whole(curl: Mapping[Finger, float]) -> dict[Finger, float]:
    """All five fingers: one that is not felt goes with those that are."""
    felt = [curl[finger] for finger in LONG_FINGERS if finger in curl] or list(curl.values()) or [0.0]
    mean = sum(felt) / len(felt)
    return {finger: min(max(curl.get(finger, mean), 0.0), 1.0) for finger in FINGERS}


def _pinches(curl: Mapping[Finger, float], contacts: frozenset[Finger] | None) -> dict[Finger, float]:
    """Which finger is near the thumb, and how near. Where contacts are felt they alone decide; otherwise it is the most
    bent of the long fingers (the nearest to the thumb among equals), as far as thumb and finger are both bent, the rest
    are not, and the finger does not merely go with them."""
    if contacts is not None:
        return dict.fromkeys((finger for finger in LONG_FINGERS if finger in contacts), 1.0)
    pinching = max(LONG_FINGERS, key=lambda finger: curl[finger])
    others = [curl[finger] for finger in LONG_FINGERS if finger is not pinching]
    along = sum(others) / len(others)
    grasp = (along - GRASP_BEGINS) / (GRASP - GRASP_BEGINS)
    lead = (curl[pinching] - sorted(others)[1] - LEAD_BEGINS) / (LEAD - LEAD_BEGINS)
    near = min(curl[Finger.THUMB], curl[pinching]) / TOUCHING_BEND
    return {pinching: min(near, 1.0) * (1.0 - min(max(grasp, 0.0), 1.0)) * min(max(lead, 0.0), 1.0)}
