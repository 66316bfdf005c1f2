"""Writing an answer: to the real standard output, or whole to a file."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from nonlin.base.atomic import replace_file
from nonlin.base.errors import NonlinError

# What a terminal without Unicode can show in place of the signs that our texts use.
_PLAIN = str.maketrans(
    {
        "×": "x",
        "≥": ">=",
        "≤": "<=",
        "≈": "~",
        "…": "...",
        "–": "-",
        "—": "-",
        "→": "->",
        "·": ".",
        "∞": "inf",
    }
)


class Out:
    """The standard output as it was when this was made, whatever a script does to it later."""

    def __init__(self) -> None:
        self._stream: TextIO = sys.stdout
        self._stream.flush()
        self._descriptor: int | None = None
        with contextlib.suppress(OSError, ValueError):  # a test's or a notebook's stream has no descriptor
            self._descriptor = os.dup(self._stream.fileno())
        self.is_terminal = self._stream.isatty()
        self.encoding = self._stream.encoding or "utf-8"

    def write(self, text: str) -> None:
        """Write the text and a line end."""
        text = encodable(text.rstrip("\n") + "\n", self.encoding)
        if self._descriptor is None:
            self._stream.write(text)
        else:
            # A newline as the platform writes it: this goes past the text layer of the stream.
            with os.fdopen(self._descriptor, "w", encoding=self.encoding, closefd=False) as stream:
                stream.write(text)

    def close(self) -> None:
        """Give the saved descriptor back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @property
    def ascii_only(self) -> bool:
        """True where the encoding has no Braille signs to draw with."""
        return self.encoding.lower().replace("-", "") not in ("utf8", "gb18030")

    @property
    def color(self) -> bool:
        """True where a person looks and has not asked for plain text (https://no-color.org)."""
        return self.is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @property
    def width(self) -> int:
        """Columns for text: 80, and on a terminal what it has, up to 100, where lines become hard to read."""
        return min(max(shutil.get_terminal_size().columns, 40), 100) if self.is_terminal else 80


@contextlib.contextmanager
def saved_output() -> Iterator[Out]:
    """Hold on to the standard output while foreign code runs."""
    out = Out()
    try:
        yield out
    finally:
        out.close()


def encodable(text: str, encoding: str) -> str:
    """The text, with plainer signs where an encoding lacks ours."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "backslashreplace").decode(encoding)
    return text


def complain_if_unwritable(file: Path, option: str = "--output") -> None:
    """Refuse an output file whose folder does not take one, before a long run and not after it.

    Raises:
        NonlinError: there is no such folder, it is read-only, or the file is a folder.
    """
    folder = file.resolve().parent
    if not folder.is_dir():
        raise NonlinError(f"{option} {file}: there is no folder {folder}")
    if file.is_dir() or not os.access(folder, os.W_OK):
        raise NonlinError(f"{option} {file}: cannot write there")


def write_whole(file: Path, content: str | bytes, option: str = "--output") -> None:
    """Write a file so that no reader ever sees a part of it, and a failure leaves the old one.

    Text is written as UTF-8 and ends in one line end.

    Raises:
        NonlinError: the file cannot be written.
    """
    if isinstance(content, str):
        content = (content.rstrip("\n") + "\n").replace("\n", os.linesep).encode()
    mask = os.umask(0)
    os.umask(mask)
    try:
        replace_file(file, content, 0o666 & ~mask)
    except OSError as error:
        raise NonlinError(f"{option} {file.resolve()}: {error.strerror or error}") from error
