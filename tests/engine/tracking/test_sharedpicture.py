"""Pictures through shared memory: what is written is read, whole, whatever the two processes do at the time."""

import multiprocessing
from collections.abc import Iterator
from multiprocessing.synchronize import Event

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine import clock
from engine.tracking.sharedpicture import Image, SharedPicture
from tests.engine.tracking.helpers import wait_for

CAPACITY = 200 * 200 * 3


@pytest.fixture(scope="module")
def shared() -> Iterator[SharedPicture]:
    made = SharedPicture.create(CAPACITY)
    yield made
    made.close()


@given(
    hnp.arrays(np.uint8, hnp.array_shapes(min_dims=2, max_dims=3, min_side=0, max_side=40)),
    st.floats(0, 1e6, allow_subnormal=False),
)
def test_what_is_written_is_read(shared: SharedPicture, image: Image, captured_s: float) -> None:
    before = shared.newest()
    shared.write(image, captured_s)
    found = shared.newest(0 if before is None else before.number)
    assert found is not None
    assert found.captured_s == captured_s
    assert found.image.shape == image.shape
    assert np.array_equal(found.image, image)
    assert shared.newest(found.number) is None


def test_a_picture_too_large_is_refused_and_the_last_one_stays(shared: SharedPicture) -> None:
    shared.write(np.full((4, 4, 3), 7, np.uint8), 1.0)
    with pytest.raises(ValueError, match="does not fit"):
        shared.write(np.zeros((300, 300, 3), np.uint8), 2.0)
    found = shared.newest()
    assert found is not None
    assert found.captured_s == 1.0


def test_memory_that_is_not_there_says_so() -> None:
    with pytest.raises(FileNotFoundError):
        SharedPicture.attach("opposable-no-such-memory")


def write_plain_pictures(name: str, stop: Event) -> None:
    """Every picture is of one value, its own number: a picture of two values would be torn."""
    shared = SharedPicture.attach(name)
    number = 0
    while not stop.is_set():
        number += 1
        shared.write(np.full((200, 200, 3), number % 251, np.uint8), float(number))
    shared.close()


def test_no_picture_is_ever_torn_between_two_processes() -> None:
    context = multiprocessing.get_context("spawn")
    shared, stop = SharedPicture.create(CAPACITY), context.Event()
    writer = context.Process(target=write_plain_pictures, args=(shared.name, stop))
    writer.start()
    try:
        wait_for(lambda: shared.newest() is not None)
        until_s, last, read = clock.now_s() + 1.0, 0, 0
        while clock.now_s() < until_s or read < 20:
            found = shared.newest(last)
            if found is None:
                continue
            assert found.number > last
            assert found.image.min() == found.image.max() == int(found.captured_s) % 251
            last, read = found.number, read + 1
    finally:
        stop.set()
        writer.join()
        shared.close()
