"""Writing a file so that no reader ever sees a part of it, and a failure leaves the old one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace_file(file: Path, content: bytes, mode: int) -> None:
    """Put a whole new file in the place of a file, which need not be there yet; where it is a link, of what it names.

    Raises:
        OSError: the folder takes no file.
    """
    file = file.resolve()
    descriptor, partial = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "wb") as raw:
            raw.write(content)
        # mkstemp makes files that only their owner can read.
        Path(partial).chmod(mode)
        Path(partial).replace(file)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
