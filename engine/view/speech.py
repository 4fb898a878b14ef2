"""Sentences spoken aloud by the computer's own voice, in a process of its own: voices are known to hang.

The voice (pyttsx3) is an optional extra. Where it is not installed, or has no voice to use, nothing is spoken and
nothing else changes: every sentence is also on the screen.
"""

from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from engine.clock import now_s
from engine.view.type import printable

WORDS_PER_MINUTE = 150
END_WAIT_S = 0.5
LONGEST_S = 15.0
MOST_WAITING = 4
"""A voice that hangs is sent no more than this, so that sending can never block the window."""


def _speak_until_closed(sentences: Connection) -> None:
    """The helper process: says the newest sentence it was sent, one after the other."""
    try:
        voice = import_module("pyttsx3").init()
        voice.setProperty("rate", WORDS_PER_MINUTE)
        while True:
            sentence, taken = sentences.recv(), 1
            while sentences.poll():
                sentence, taken = sentences.recv(), taken + 1
            voice.say(sentence)
            voice.runAndWait()
            sentences.send(taken)
    except (EOFError, OSError, ImportError, RuntimeError):
        return


class Speaker:
    """Says sentences without ever making the window wait."""

    def __init__(self, speaking: bool = True) -> None:
        self.available = speaking and find_spec("pyttsx3") is not None
        self._line: Connection | None = None
        self._waiting = 0
        self._sent_s = 0.0
        self._helper: BaseProcess | None = None

    def say(self, sentence: str) -> bool:
        """Say this next; what is still waiting to be said is dropped. False where there is no voice."""
        text = printable(sentence)
        if not self.available or not text:
            return False
        if self._helper is None:
            context = get_context("spawn")
            far_end, self._line = context.Pipe()
            self._helper = context.Process(target=_speak_until_closed, args=(far_end,), daemon=True)
            self._helper.start()
            far_end.close()
        return self._line is not None and self._send(self._line, text)

    def _send(self, line: Connection, text: str) -> bool:
        try:
            self._hear_back(line)
            if self._waiting >= MOST_WAITING:
                return False
            line.send(text)
        except (EOFError, OSError):
            self.available = False
            return False
        self._waiting += 1
        self._sent_s = now_s()
        return True

    @property
    def speaking(self) -> bool:
        """Whether a sentence is being said now; a voice that has said nothing back for long is taken to be silent."""
        if self._line is None or not self.available:
            return False
        try:
            self._hear_back(self._line)
        except (EOFError, OSError):
            self.available = False
            return False
        return self._waiting > 0 and now_s() - self._sent_s < LONGEST_S

    def _hear_back(self, line: Connection) -> None:
        """Take in how many sentences are done with."""
        while line.poll():
            self._waiting -= line.recv()

    def close(self) -> None:
        """Stop speaking and end the helper."""
        if self._line is not None:
            self._line.close()
        if self._helper is not None:
            self._helper.join(END_WAIT_S)
            if self._helper.is_alive():
                self._helper.kill()
                self._helper.join()
            self._helper.close()
        self._line = self._helper = None
