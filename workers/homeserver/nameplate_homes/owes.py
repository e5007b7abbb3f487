"""What a home has not finished with other servers, read from its own database as Synapse itself does after a start.

Synapse takes up what was left a minute after it starts (federation/sender, `get_catch_up_outstanding_destinations`).
"""

from .database import Cluster

# Synapse tries a silent server again after 10, 20, 40 minutes. One that failed for over an hour is left to the daily
# waking: a dead server in one room must not keep a family's home awake for ever.
_LOST_SECONDS = 3600
# Synapse acknowledges events before it has taken them in, which may take questions to the server they came from. Found
# by trying: a home put to sleep meanwhile began anew at each wake and never got further. What a crash left is taken in
# with the next that comes, and not waited for.
_TAKING_IN_SECONDS = 600

_LONG_AGO = f"extract(epoch FROM now()) * 1000 - {_LOST_SECONDS * 1000}"
_REACHABLE = f"(failure_ts < {_LONG_AGO}) IS NOT TRUE"
# A server that never took anything has no position to catch up from: Synapse lets it be
# (`_catch_up_transmission_loop`), so only what may still be on its way, because it is young, counts.
_OWED = f"""
SELECT
  (SELECT count(*) FROM destination_rooms LEFT JOIN destinations USING (destination)
     LEFT JOIN events USING (stream_ordering)
   WHERE destination_rooms.stream_ordering > coalesce(last_successful_stream_ordering, 0)
     AND (last_successful_stream_ordering IS NOT NULL OR received_ts > {_LONG_AGO}) AND {_REACHABLE}),
  (SELECT count(*) FROM device_federation_outbox LEFT JOIN destinations USING (destination) WHERE {_REACHABLE}),
  (SELECT count(*) FROM device_lists_outbound_pokes LEFT JOIN destinations USING (destination)
   WHERE NOT sent AND {_REACHABLE}),
  (SELECT count(*) FROM federation_inbound_events_staging
   WHERE received_ts > extract(epoch FROM now()) * 1000 - {_TAKING_IN_SECONDS * 1000})
"""


def owed(cluster: Cluster, database: str) -> dict[str, int]:
    """Rooms with something newer than a server has, messages between devices, changed lists of devices; and events that
    came and are not taken in yet."""
    with cluster.visit(database) as cursor:
        cursor.execute(_OWED)
        row = cursor.fetchone()
    return dict(zip(("rooms", "messages", "devices", "arriving"), row or (), strict=False))
