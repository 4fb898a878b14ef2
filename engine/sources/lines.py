"""Bytes from a wire to whole lines: bounded, whatever comes."""

MOST_BYTES = 65_536
LONGEST_LINE = 256


class Lines:
    """Cuts a stream of bytes at its newlines. What is in hand never exceeds a line's length; a longer line is dropped
    up to its end. `dropped` counts lines that were too long."""

    def __init__(self) -> None:
        self.dropped = 0
        self._rest = b""
        self._skipping = False

    def __len__(self) -> int:
        """Bytes that are kept for the next time."""
        return len(self._rest)

    def feed(self, chunk: bytes) -> list[bytes]:
        """The whole lines that `chunk` completes, oldest first, without their ends. Of a chunk beyond MOST_BYTES only
        its end is looked at."""
        if len(chunk) > MOST_BYTES:
            chunk, self._rest, self._skipping = chunk[-MOST_BYTES:], b"", True
        *whole, rest = (self._rest + chunk).split(b"\n")
        if whole and self._skipping:
            whole, self._skipping = whole[1:], False
        if len(rest) > LONGEST_LINE:
            rest, self._skipping = b"", True
            self.dropped += 1
        self._rest = rest
        lines = [line.rstrip(b"\r") for line in whole if len(line) <= LONGEST_LINE]
        self.dropped += len(whole) - len(lines)
        return lines

    def restart(self) -> None:
        """The wire was taken up somewhere in the middle: what is in hand, and what comes before the next newline,
        belongs to no whole line."""
        self._rest, self._skipping = b"", True
