"""Layer 2: what can be computed from an entry of the catalogue: images, gains, symbolic forms."""
