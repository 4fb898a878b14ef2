"""Joint angles to the 21 points of an adult hand (forward kinematics): the inverse of engine.motion.kinematics."""

from dataclasses import dataclass, field

import numpy as np

from engine.hand import Array


@dataclass(frozen=True)
class FingerAngles:
    """One long finger, radians. Flexion positive, straight 0; abduction positive towards the thumb side."""

    mcp_rad: float = 0.0
    pip_rad: float = 0.0
    dip_rad: float = 0.0
    abduction_rad: float = 0.0


@dataclass(frozen=True)
class ThumbAngles:
    """The thumb, radians: how far it stands out of the palm, how far from the index metacarpal, and its two bends."""

    palmar_abduction_rad: float = 0.35
    radial_abduction_rad: float = 0.60
    mcp_rad: float = 0.10
    ip_rad: float = 0.10


@dataclass(frozen=True)
class HandAngles:
    """A whole hand's joint angles; the default is open and flat, fingers together."""

    thumb: ThumbAngles = field(default_factory=ThumbAngles)
    index: FingerAngles = field(default_factory=FingerAngles)
    middle: FingerAngles = field(default_factory=FingerAngles)
    ring: FingerAngles = field(default_factory=FingerAngles)
    little: FingerAngles = field(default_factory=FingerAngles)

    def as_array(self) -> Array:
        """(20,) radians: thumb (palmar, radial, mcp, ip), then each finger (mcp, pip, dip, abduction)."""
        thumb = self.thumb
        values = [thumb.palmar_abduction_rad, thumb.radial_abduction_rad, thumb.mcp_rad, thumb.ip_rad]
        for finger in (self.index, self.middle, self.ring, self.little):
            values += [finger.mcp_rad, finger.pip_rad, finger.dip_rad, finger.abduction_rad]
        return np.array(values)

    @staticmethod
    def from_array(angle_rad: Array) -> "HandAngles":
        """The inverse of `as_array`."""
        rows = [tuple(map(float, row)) for row in np.asarray(angle_rad, dtype=float).reshape(5, 4)]
        return HandAngles(ThumbAngles(*rows[0]), *(FingerAngles(*row) for row in rows[1:]))
