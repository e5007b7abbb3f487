"""Backups of homes: made while they run or sleep, encrypted to a key that is not here, and tried by restoring them."""
