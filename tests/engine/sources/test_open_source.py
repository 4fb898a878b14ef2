"""The table of sources: every kind has somebody who opens it, and is written as its example shows."""

from importlib import import_module

import pytest

from engine.sources import KINDS


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_has_an_opener_and_an_example(kind: str) -> None:
    module, _, function = KINDS[kind].opener.partition(":")
    assert callable(getattr(import_module(module), function))
    assert KINDS[kind].example.startswith(f"{kind}:")
