"""Why a backup, a restore or a drill did not happen, in words for whoever asked for it."""


class BackupProblem(Exception):
    """The sentence says what stands in the way; nothing was changed."""
