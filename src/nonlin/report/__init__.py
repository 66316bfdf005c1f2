"""Layer 6: one file a format, each with `render(report, language, **options) -> str`.

Options are keyword-only, and a format names those that mean something to it: `base` (the folder that paths are seen
from), `color` and `width`.
"""
