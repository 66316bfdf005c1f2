"""Analyses over the tape, one file each. An operation that an analysis does not know may do anything."""
