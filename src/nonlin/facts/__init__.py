"""Layer 2: what can be computed from an entry of the catalogue: images of intervals, gains, symbolic forms."""
