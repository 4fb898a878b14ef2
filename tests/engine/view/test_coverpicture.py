"""Pictures from elsewhere: looked at before they are decoded, and decoded where they can do no harm."""

import io
import struct
import wave
from random import Random

import pygame
import pytest

from engine.play.picturefile import PictureRefusedError, check_picture
from engine.view.coverpicture import SIZE_PX, CoverDecoder


def picture(kind: str) -> bytes:
    surface = pygame.Surface((40, 30), depth=24)
    surface.fill((200, 120, 40))
    pygame.draw.circle(surface, (20, 60, 200), (20, 15), 9)
    file = io.BytesIO()
    pygame.image.save(surface, file, f"a.{kind}")
    return file.getvalue()


def sound() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, 22050, 0, "NONE", ""))
        out.writeframes(bytes(400))
    return file.getvalue()


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_a_picture_is_decoded_to_one_size(kind: str) -> None:
    assert check_picture(picture(kind)) == (40, 30)
    with CoverDecoder() as decoder:
        shown = decoder.decode(picture(kind))
        assert shown.get_size() == SIZE_PX
        assert shown.get_at((2, 2))[:3] == pytest.approx((200, 120, 40), abs=20)


@pytest.mark.parametrize("raw", [b"", b"GIF89a", sound(), b"OggS" + bytes(90), b"\0\1\0\0" + bytes(90)])
def test_what_is_no_picture_is_refused_by_its_first_bytes(raw: bytes) -> None:
    with pytest.raises(PictureRefusedError, match="neither a PNG nor a JPEG"):
        check_picture(raw)


def test_a_picture_that_says_it_is_huge_is_refused_before_it_is_decoded() -> None:
    raw = picture("png")
    with pytest.raises(PictureRefusedError, match="30528 x 19008"):
        check_picture(raw[:16] + struct.pack(">II", 30528, 19008) + raw[24:])


@pytest.mark.long
def test_L5_ten_thousand_damaged_files_end_nothing_but_at_most_the_decoder() -> None:
    random, whole = Random(5), [picture("png"), picture("jpg"), sound()]
    good = refused = 0
    with CoverDecoder() as decoder:
        for _ in range(10_000):
            raw = bytearray(random.choice(whole))
            for _ in range(random.randint(1, 6)):
                raw[random.randrange(len(raw))] = random.randrange(256)
            if random.random() < 0.2:
                del raw[random.randrange(len(raw)) :]
            try:
                good += decoder.decode(bytes(raw)).get_size() == SIZE_PX
            except PictureRefusedError:
                refused += 1
    assert good + refused == 10_000
    assert refused > 1_000
