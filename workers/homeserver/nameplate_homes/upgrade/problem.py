class UpgradeProblem(Exception):
    """The sentences say what happened, how the home stands now, and what to do."""
