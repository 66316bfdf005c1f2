"""Layer 6: one file a format, each with `render(report, language, **options) -> str`."""
