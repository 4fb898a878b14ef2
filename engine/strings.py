"""Every sentence a person sees or hears, looked up by its key in assets/strings."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from engine.paths import assets_folder
from engine.play.levelwords import did_you_mean
from engine.play.yamlguard import Value, YamlRefusedError, read_yaml


class UnknownSentenceWarning(UserWarning):
    """A key without a sentence, or a sentence with a gap nobody filled. Tests take it for an error."""


@dataclass(frozen=True)
class Strings:
    """Sentences by key. In a session a missing one shows the words of its key, for a gap must stop nobody."""

    sentences: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The sentence, filled in with the values it names."""
        sentence = self.sentences.get(key)
        if sentence is None:
            hint = did_you_mean(key, tuple(self.sentences)) if "." in key else ""
            warnings.warn(f"there is no sentence '{key}'{hint}", UnknownSentenceWarning, stacklevel=2)
            return key.rsplit(".", 1)[-1].replace("_", " ").capitalize() + "."
        try:
            return sentence.format_map(values)
        except (KeyError, ValueError, TypeError) as gap:
            warnings.warn(f"'{key}' cannot be filled in: {gap!r}", UnknownSentenceWarning, stacklevel=2)
            return sentence

    def __contains__(self, key: str) -> bool:
        return key in self.sentences


def load_strings(path: Path) -> Strings:
    """Read a file of sentences. Raises `ValueError` with file and line where it cannot be used."""
    try:
        document = read_yaml(path.read_bytes())
    except YamlRefusedError as refused:
        raise ValueError(f"{path}:{refused.fault.mark.line}: {refused.fault.message}") from None
    for fault in document.faults:
        raise ValueError(f"{path}:{fault.mark.line}: {fault.message}")
    sentences: dict[str, str] = {}
    _collect(document.data, "", sentences, path)
    return Strings(MappingProxyType(sentences))


def _collect(value: Value, key: str, sentences: dict[str, str], path: Path) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _collect(inner, f"{key}.{name}" if key else name, sentences, path)
    elif not isinstance(value, str):
        raise ValueError(f"{path}: {key}: a sentence is a text; put quotes around it")
    elif key in sentences:
        raise ValueError(f"{path}: {key} is written twice; keep one of them")
    else:
        sentences[key] = value


@cache
def strings(language: str = "en") -> Strings:
    """The sentences of a language, read once."""
    return load_strings(assets_folder() / "strings" / f"{language}.yaml")
