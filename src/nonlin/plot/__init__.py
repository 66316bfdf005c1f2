"""Layer 5: pictures of activations. `data` says what is seen; `svg`, `html` and `png` draw it."""

from __future__ import annotations

from nonlin.plot.build import curves as curves
from nonlin.plot.build import gallery as gallery
from nonlin.plot.draw import render as render
from nonlin.plot.notebook import shown as shown
