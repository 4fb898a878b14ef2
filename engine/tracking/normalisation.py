"""Say in a TensorFlow Lite network how its picture is scaled: RGB, 0..255 to 0..1.

MediaPipe's tasks refuse a network that takes float pictures and does not say so. The lite palm detector is the only one
of the hand networks that was published without it. The statement is the model's own metadata (table ids from
TensorFlow's schema.fbs and TFLite Support's metadata_schema.fbs); weights and graph stay byte for byte as they were.
"""

import struct

from engine.tracking.flatbuffer import (
    Node,
    Number,
    Old,
    Packed,
    References,
    Table,
    elements,
    field_at,
    floats,
    followed,
    text,
    written,
)

MODEL_BUFFERS, MODEL_METADATA = 4, 6
MODEL_REFERENCES = (1, 2, 3, 5, 7)
"""operator codes, subgraphs, description, metadata buffer, signatures: referred to as they are."""

IMAGE_PROPERTIES, RGB = 2, 1
NORMALISATION_OPTIONS = 1


def with_normalisation(network: bytes, mean: float = 0.0, std: float = 255.0) -> bytes:
    """The same network with a metadata entry for its one input picture; the same bytes in give the same bytes out."""
    model = followed(network, 0)
    buffers = _references(network, model, MODEL_BUFFERS)
    entries = _references(network, model, MODEL_METADATA)
    metadata = _metadata(mean, std)
    buffer = Table({0: Packed(len(metadata), metadata, align=16)})
    entry = Table({0: text("TFLITE_METADATA"), 1: Number("I", len(buffers))})
    fields: dict[int, Number | Node] = {0: Number("I", _version(network, model))}
    for field in MODEL_REFERENCES:
        at = field_at(network, model, field)
        if at is not None:
            fields[field] = Old(followed(network, at))
    fields[MODEL_BUFFERS] = References((*buffers, buffer))
    fields[MODEL_METADATA] = References((*entries, entry))
    return written(Table(fields), b"TFL3", old=network)


def _version(network: bytes, model: int) -> int:
    at = field_at(network, model, 0)
    return 0 if at is None else int(struct.unpack_from("<I", network, at)[0])


def _references(network: bytes, model: int, field: int) -> tuple[Old, ...]:
    at = field_at(network, model, field)
    return () if at is None else tuple(Old(place) for place in elements(network, followed(network, at)))


def _metadata(mean: float, std: float) -> bytes:
    picture = Table(
        {
            0: text("image"),
            3: Table({0: Number("B", IMAGE_PROPERTIES), 1: Table({0: Number("B", RGB)})}),
            4: References([Table({0: Number("B", NORMALISATION_OPTIONS), 1: _scale(mean, std)})]),
        }
    )
    subgraph = Table({2: References([picture])})
    return written(Table({3: References([subgraph]), 7: text("1.0.0")}), b"M001", align=4)


def _scale(mean: float, std: float) -> Table:
    return Table({0: floats([mean]), 1: floats([std])})
