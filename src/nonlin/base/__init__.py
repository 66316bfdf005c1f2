"""Layer 0: intervals, findings, errors and the folder registry; standard library only at import."""
