"""The drawers, by the end of a file's name."""

from __future__ import annotations

from pathlib import Path

from nonlin.base.errors import NonlinError
from nonlin.base.language import Language
from nonlin.plot import html, png, svg, thumbnails
from nonlin.plot.data import Figure, Gallery

FORMATS = (".svg", ".png", ".html")


def complain_if_unknown(file: Path) -> None:
    """Refuse a file whose name does not say a format.

    Raises:
        NonlinError: names those that there are.
    """
    if file.suffix.lower() not in FORMATS:
        raise NonlinError(f"cannot draw {file.name}; its name must end in {', '.join(FORMATS)}")


def render(picture: Figure | Gallery, file: str | Path, language: Language = "en") -> bytes:
    """The content of a picture file; its name says the format.

    Raises:
        NonlinError: the name says none, or a package for it is missing.
    """
    path = Path(file)
    complain_if_unknown(path)
    match path.suffix.lower():
        case ".png":
            return png.render(picture, language)
        case ".html":
            return html.render(picture, language).encode()
        case _ if isinstance(picture, Gallery):
            return thumbnails.render(picture, language).encode()
        case _:
            return svg.render(picture, language).encode()
