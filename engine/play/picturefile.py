"""Whether a picture from elsewhere may be decoded at all: what it is by its first bytes, and how large it says it is.

Decoding happens in a child process (`engine.view.coverpicture`); this looks at the header only.
"""

import struct

PICTURES = (".png", ".jpg", ".jpeg")
MOST_PX = 4096
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = {0xC0, 0xC1, 0xC2}
_BARE = {0x01, *range(0xD0, 0xD8)}


class PictureRefusedError(ValueError):
    """The picture is not taken; the message says what was found and what to do."""


def check_picture(raw: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or JPEG. Raises `PictureRefusedError`."""
    if raw.startswith(_PNG):
        size = _png_size(raw)
    elif raw.startswith(_JPEG):
        size = _jpeg_size(raw)
    else:
        raise PictureRefusedError("this is neither a PNG nor a JPEG picture, whatever its name says; save it as one")
    if size is None:
        raise PictureRefusedError("the picture is damaged: it does not say how large it is; save it again")
    width, height = size
    if not (0 < width <= MOST_PX and 0 < height <= MOST_PX):
        raise PictureRefusedError(f"the picture is {width} x {height}; at most {MOST_PX} x {MOST_PX}, make it smaller")
    return width, height


def _png_size(raw: bytes) -> tuple[int, int] | None:
    if len(raw) < 33 or raw[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", raw, 16)
    return width, height


def _jpeg_size(raw: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(raw) and raw[at] == 0xFF:
        marker = raw[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", raw, at + 5)
            return width, height
        at += 2 if marker in _BARE else 2 + int(struct.unpack_from(">H", raw, at + 2)[0])
    return None
