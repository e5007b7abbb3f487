"""Looks at the restored copy as its people would: their key, their session, their latest message, their pictures."""

import json
from urllib.parse import quote

from ..database import Cluster
from ..layout import HomeFiles
from .archive import Contents
from .drill_home import DrillHome
from .dump import content_hash
from .report import Report


def look_at(
    report: Report, home: DrillHome, cluster: Cluster, database: str, contents: Contents, files: HomeFiles
) -> None:
    _key(report, home, contents)
    _session(report, home, cluster, database)
    administrator = home.administrator()
    _alone(report, home, administrator)
    _message(report, home, contents, administrator)
    _media(report, home, cluster, database, files, administrator)


def _key(report: Report, home: DrillHome, contents: Contents) -> None:
    status, answer = home.ask("GET", "/_matrix/key/v2/server")
    served = sorted(json.loads(answer)["verify_keys"]) if status == 200 else []
    report.check("it serves the same key id", served == [contents.key_id], contents.key_id)


def _alone(report: Report, home: DrillHome, administrator: str) -> None:
    """Asked for somebody elsewhere, it must say that it may not ask there, rather than that nobody answered."""
    path = "/_matrix/client/v3/profile/%40nobody%3Anameplate.invalid"
    report.check("it may reach no other server", home.ask("GET", path, token=administrator)[0] == 403)


def _session(report: Report, home: DrillHome, cluster: Cluster, database: str) -> None:
    with cluster.visit(database) as cursor:
        cursor.execute(
            "SELECT a.token, a.user_id FROM access_tokens a JOIN users u ON u.name = a.user_id"
            " WHERE a.valid_until_ms IS NULL AND a.puppets_user_id IS NULL AND u.deactivated = 0"
            " AND NOT u.locked ORDER BY a.id DESC LIMIT 1"
        )
        row = cursor.fetchone()
    if row is None:
        report.note("nobody was signed in: no old session could be tried")
        return
    status, answer = home.ask("GET", "/_matrix/client/v3/account/whoami", token=row[0])
    report.check("an old session is still valid", status == 200 and json.loads(answer)["user_id"] == row[1])


def _message(report: Report, home: DrillHome, contents: Contents, administrator: str) -> None:
    message = contents.counts.message
    if message is None:
        report.note("nobody has written a message yet")
        return
    path = f"/_synapse/admin/v1/rooms/{quote(message.room, safe='')}/context/{quote(message.event, safe='')}?limit=0"
    status, answer = home.ask("GET", path, token=administrator)
    same = status == 200 and content_hash(json.loads(answer)["event"]["content"]) == message.content_sha256
    report.check("the latest message is readable, and the same", same)


def _media(
    report: Report, home: DrillHome, cluster: Cluster, database: str, files: HomeFiles, administrator: str
) -> None:
    with cluster.visit(database) as cursor:
        cursor.execute(
            "SELECT media_id, media_length FROM local_media_repository"
            " WHERE media_length IS NOT NULL AND url_cache IS NULL AND quarantined_by IS NULL ORDER BY created_ts DESC"
        )
        rows = cursor.fetchall()
    if not rows:
        report.note("nobody has uploaded anything yet")
        return
    content = files.media / "local_content"
    lost = [media for media, _ in rows if not (content / media[:2] / media[2:4] / media[4:]).is_file()]
    report.check("every upload's file is there", not lost, f"{len(rows) - len(lost)} of {len(rows)}")
    latest, length = rows[0]
    path = f"/_matrix/client/v1/media/download/{home.name}/{quote(latest, safe='')}"
    status, answer = home.ask("GET", path, token=administrator)
    report.check("the latest upload can be downloaded", status == 200 and len(answer) == length, f"{length} bytes")
