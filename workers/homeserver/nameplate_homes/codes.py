"""Every code that a home can fail with: what it means and what to do, in words for a person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    means: str
    do: str


CODES: dict[str, Words] = {
    "bad-manifest": Words(
        "its manifest cannot be read, so the home is left as it was",
        "Mend the manifest as the reason says (manifest.schema.json describes it); the host looks again by itself.",
    ),
    "no-key": Words(
        "it has no signing key, and without the right one it would be somebody else",
        "Put its own key back: ring the worker, which hands it over from escrow, or restore the latest backup.",
    ),
    "no-secrets": Words(
        "the worker did not hand over its secrets, or not all of them",
        "Look at this family in the staff pages and let the worker try again: it writes secrets.json anew.",
    ),
    "no-edge-ca": Words(
        "the edge's own root certificate is not there, without which it could trust no other home",
        "Start the edge, which makes it, or mend EDGE_CA_FILE.",
    ),
    "no-user": Words(
        "there is no Unix user for it",
        "Widen TENANT_UIDS if they are used up; if its home.json is lost, restore the latest backup.",
    ),
    "database": Words(
        "its database cannot be made or entered",
        "See that PostgreSQL runs and TENANT_DATABASE_URL is right; the reason names the database or role.",
    ),
    "crashed": Words(
        "its homeserver ended by itself",
        "Read the last lines of its output.log and logs/homeserver.log; a setting or the database is the usual cause.",
    ),
    "out-of-memory": Words(
        "the kernel ended it because it needed more memory than its limit",
        "Look whether somebody joined a very large room; if the use is honest, raise limits.memoryMegabytes.",
    ),
    "runaway": Words(
        "it used its whole share of the processor for minutes without a pause, and the host ended it",
        "Look into logs/homeserver.log for what it was busy with; if the use is honest, raise limits.cpuCores.",
    ),
    "already-running": Words(
        "another process already has this home, which the host did not start or cannot find",
        "Find who holds its home.lock (fuser or lsof) and end that process; the host then takes over.",
    ),
    "no-process": Words(
        "the machine gave no process for it",
        "See whether the machine is out of memory or processes, and whether the home's folder can be written.",
    ),
    "no-such-version": Words(
        "the Synapse version that its manifest names is not on this machine",
        "Put that version into SYNAPSE_VERSIONS, or name another in the manifest; the host looks again by itself.",
    ),
    "clerk": Words(
        "the host's own second process met something it does not know",
        "Read 'the clerk failed' in the host's log: a file was changed by hand, or it is a fault of the program.",
    ),
}
