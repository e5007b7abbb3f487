"""Figures for Prometheus, from a process of its own: only who outlives the host can say that it is down."""
