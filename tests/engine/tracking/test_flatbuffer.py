"""New tables in front of an old FlatBuffer: read back with FlatBuffers' own reader, and with MediaPipe itself."""

import importlib.util
import struct
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tracking.flatbuffer import Number, Packed, References, Table, elements, field_at, followed, text, written
from engine.tracking.normalisation import with_normalisation

U32 = st.integers(0, 2**32 - 1)


@cache
def generated(name: str) -> ModuleType:
    """One of the readers that Google's compiler made from its schemas, without importing MediaPipe around it."""
    spec = PathFinder.find_spec("mediapipe")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("MediaPipe is not installed")
    path = Path(next(iter(spec.submodule_search_locations))) / "tasks" / "metadata" / f"{name}.py"
    if not path.exists():
        pytest.skip(f"this MediaPipe brings no {name}")
    file = importlib.util.spec_from_file_location(name, path)
    assert file is not None
    assert file.loader is not None
    module = importlib.util.module_from_spec(file)
    file.loader.exec_module(module)
    return module


def small_network(version: int, buffers: list[bytes], entries: list[tuple[str, int]]) -> bytes:
    """A TensorFlow Lite file with buffers and metadata and nothing to compute."""
    fields: dict[int, Number | Table | References | Packed] = {0: Number("I", version), 3: text("small")}
    fields[4] = References([Table({0: Packed(len(data), data, align=16)}) for data in buffers])
    if entries:
        fields[6] = References([Table({0: text(name), 1: Number("I", number)}) for name, number in entries])
    return written(Table(fields), b"TFL3")


@given(st.dictionaries(st.integers(0, 8), U32, min_size=1))
def test_numbers_are_read_back_and_missing_fields_are_missing(fields: dict[int, int]) -> None:
    data = written(Table({field: Number("I", value) for field, value in fields.items()}), b"TEST")
    root = followed(data, 0)
    for field in range(10):
        at = field_at(data, root, field)
        assert (None if at is None else struct.unpack_from("<I", data, at)[0]) == fields.get(field)


@given(st.lists(st.text(max_size=9), max_size=5))
def test_vectors_of_strings_are_read_back(words: list[str]) -> None:
    data = written(Table({0: References([text(word) for word in words])}), b"TEST")
    at = field_at(data, followed(data, 0), 0)
    assert at is not None
    read = [
        data[place + 4 :][: struct.unpack_from("<I", data, place)[0]] for place in elements(data, followed(data, at))
    ]
    assert [word.decode() for word in read] == words


@given(st.integers(1, 9), st.lists(st.binary(max_size=40), min_size=1, max_size=4), st.booleans())
def test_a_network_keeps_all_it_had_and_gains_its_scaling(version: int, buffers: list[bytes], had_entry: bool) -> None:
    tensorflow, metadata = generated("schema_py_generated"), generated("metadata_schema_py_generated")
    old = small_network(version, buffers, [("min_runtime_version", 0)] if had_entry else [])
    new = with_normalisation(old)
    assert new.endswith(old), "what was there stays byte for byte"
    assert (len(new) - len(old)) % 64 == 0
    assert with_normalisation(old) == new

    model = tensorflow.Model.GetRootAs(new, 0)
    assert model.Version() == version
    assert model.Description() == b"small"
    kept = [bytes(model.Buffers(n).DataAsNumpy()) if buffers[n] else b"" for n in range(len(buffers))]
    assert kept == buffers
    entries = [model.Metadata(n) for n in range(model.MetadataLength())]
    assert [entry.Name() for entry in entries] == [b"min_runtime_version"] * had_entry + [b"TFLITE_METADATA"]
    assert entries[-1].Buffer() == len(buffers)

    said = bytes(model.Buffers(len(buffers)).DataAsNumpy())
    assert said[4:8] == b"M001"
    picture = metadata.ModelMetadata.GetRootAs(said, 0).SubgraphMetadata(0).InputTensorMetadata(0)
    assert picture.Name() == b"image"
    assert picture.Content().ContentPropertiesType() == metadata.ContentProperties.ImageProperties
    unit = picture.ProcessUnits(0)
    assert unit.OptionsType() == metadata.ProcessUnitOptions.NormalizationOptions
    scale = metadata.NormalizationOptions()
    scale.Init(unit.Options().Bytes, unit.Options().Pos)
    assert (list(scale.MeanAsNumpy()), list(scale.StdAsNumpy())) == ([0.0], [255.0])
