"""Attacks on the children of a household, from its own home, from an aunt's, a stranger's and a forged server."""
