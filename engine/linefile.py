"""A file that grows by whole lines and survives what happens to computers: a crash, a full disk, a pulled plug."""

import os
from pathlib import Path

from engine.paths import HOME_VARIABLE, FolderError, private_folder

_BINARY = getattr(os, "O_BINARY", 0)


class LineFile:
    """Appends lines to a new file that only this user may read (0600). Raises FolderError where it cannot be begun.

    `write` keeps a line in memory, `flush` gives it to the system (a crash of the program loses nothing then), `sync`
    waits until it is on the disk. A disk that is full raises nothing: the lines are kept and tried again at the next
    flush, each is written once, and `problem` says what is amiss until it is over.
    """

    def __init__(self, path: Path) -> None:
        private_folder(path.parent)
        self.path = path
        self.problem = ""
        self._waiting: list[bytes] = []
        self._good_bytes = 0
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        except OSError as error:
            raise FolderError(
                f"{path} cannot be begun ({_said(error)}). Make room there, or set {HOME_VARIABLE} to another folder."
            ) from None
        self._open = True

    def write(self, line: str) -> None:
        """One more line, in memory until the next flush."""
        self._waiting.append(line.encode() + b"\n")

    def flush(self) -> None:
        """Give what waits to the system."""
        data = b"".join(self._waiting)
        if not data or not self._open:
            return
        try:
            written = 0
            while written < len(data):
                written += os.write(self._file, data[written:])
        except OSError as error:
            self._no_half_line(error)
            return
        self._good_bytes += len(data)
        self._waiting.clear()
        self.problem = ""

    def sync(self) -> None:
        """Flush, and wait until it is on the disk."""
        self.flush()
        if not self._open:
            return
        try:
            os.fsync(self._file)
        except OSError as error:
            self.problem = _said(error)

    def close(self) -> None:
        """Write what is left and let go of the file. May be called twice."""
        if self._open:
            self.sync()
            self._open = False
            os.close(self._file)

    def _no_half_line(self, error: OSError) -> None:
        self.problem = _said(error)
        try:
            os.ftruncate(self._file, self._good_bytes)
            os.lseek(self._file, self._good_bytes, os.SEEK_SET)
        except OSError:
            # Half a line may stay; readers stop there and keep everything before it.
            self._good_bytes = os.lseek(self._file, 0, os.SEEK_END)


def _said(error: OSError) -> str:
    return error.strerror or str(error)


def whole_lines(path: Path) -> list[bytes]:
    """The lines that were written to their end; a half one, or the zeros a power cut leaves, are not among them."""
    return path.read_bytes().rstrip(b"\x00").split(b"\n")[:-1]
