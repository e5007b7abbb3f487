"""Moves homes from one Synapse version to another, one at a time."""
