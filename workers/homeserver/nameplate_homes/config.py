"""A home's homeserver.yaml: stock Synapse, lean, closed to strangers, with the limits of its manifest."""

import json
from collections.abc import Mapping

from .database import Connection
from .home_secrets import HomeSecrets
from .layout import HomeFiles, Layout
from .manifest import Limits, Manifest
from .service_proof import proof_of
from .settings import Settings

# By whom the home itself writes; nobody can sign in as it, and no person is given it (lib/names/reserved.ts).
NOTICES_PART = "nameplate"

# Any module that hears of new events makes Synapse warn of its own bookkeeping, some dozen lines a message.
_CHILDREN_LOG = {"synapse.logging.context": {"level": "ERROR"}}


def homeserver_config(
    manifest: Manifest, files: HomeFiles, secrets: HomeSecrets, database: Connection, settings: Settings
) -> str:
    """The file's whole text. JSON is valid YAML, and cannot be misread."""
    return json.dumps(
        {
            **_who(manifest.name, files, secrets),
            **_storage(files, database),
            **_media(files, manifest.limits),
            "modules": _modules(manifest, files, secrets),
            **_accounts(),
            **_children(manifest),
            **_notices(manifest.name),
            **_rates(manifest.limits),
            **_rooms(manifest.limits),
            **_lean(),
            **_outgoing(settings),
        },
        indent=1,
    )


def log_config(files: HomeFiles, manifest: Manifest) -> str:
    """Warnings only, no message content: 5 MB twice is months of a family's warnings."""
    return json.dumps(
        {
            "version": 1,
            "formatters": {"line": {"class": "nameplate_homes.home_log.HomeLog"}},
            "handlers": {
                "file": {
                    "class": "logging.handlers.RotatingFileHandler",
                    "formatter": "line",
                    "filename": str(files.logs / "homeserver.log"),
                    "maxBytes": 5_000_000,
                    "backupCount": 1,
                    "encoding": "utf8",
                },
                # Notes when somebody known used the home, and writes no line.
                "use": {"class": "nameplate_homes.use_log.UseHandler", "path": str(files.used)},
            },
            "loggers": {
                "synapse.access": {"level": "INFO", "handlers": ["use"], "propagate": False},
                # What these two warn of at every start, and so at every wake, is no warning.
                "synapse.config.logger": {"level": "ERROR"},
                "synapse.app.homeserver": {"level": "ERROR"},
                **(_CHILDREN_LOG if manifest.has_children else {}),
            },
            "root": {"level": "WARNING", "handlers": ["file"]},
            "disable_existing_loggers": False,
        },
        indent=1,
    )


def _who(name: str, files: HomeFiles, secrets: HomeSecrets) -> Mapping[str, object]:
    return {
        "server_name": name,
        "public_baseurl": f"https://{name}/",
        "report_stats": False,
        "log_config": str(files.log_config),
        "signing_key_path": str(files.signing_key),
        # The edge is the only way in. Mode 0666 as a number: a string is refused. The folder decides who reaches it.
        "listeners": [
            {
                "path": str(files.socket),
                "type": "http",
                "mode": 0o666,
                "resources": [{"names": ["client", "federation"], "compress": False}],
            }
        ],
        "registration_shared_secret": secrets.registration,
        "macaroon_secret_key": secrets.macaroon,
        "form_secret": secrets.form,
        "serve_server_wellknown": False,
    }


def _storage(files: HomeFiles, database: Connection) -> Mapping[str, object]:
    return {
        # One connection at rest and three at most: PostgreSQL's processes are a tenth of a home's memory.
        "database": {"name": "psycopg2", "txn_limit": 10_000, "args": {**database, "cp_min": 1, "cp_max": 3}},
    }


def _media(files: HomeFiles, limits: Limits) -> Mapping[str, object]:
    return {
        "media_store_path": str(files.media),
        "max_upload_size": f"{limits.upload_megabytes}M",
        # Other people's pictures can be fetched again; our own are kept.
        "media_retention": {"remote_media_lifetime": "90d"},
    }


def _modules(manifest: Manifest, files: HomeFiles, secrets: HomeSecrets) -> list[Mapping[str, object]]:
    """Ours, by Synapse's own interface for them. A stock process finds them with this package's folder on its path."""
    ours = "nameplate_homes"
    everywhere: list[Mapping[str, object]] = [
        {"module": f"{ours}.media_total.MediaTotal", "config": {"megabytes": manifest.limits.media_megabytes}},
        {"module": f"{ours}.service_login.ServiceLogin", "config": {"proof": proof_of(secrets.registration)}},
        {"module": f"{ours}.locked_out.LockedOut", "config": {}},
    ]
    if not manifest.has_children:
        return everywhere
    # It names the files and not what is in them: a change of the rules leaves the configuration as it is.
    paths = {"rules": str(files.rules), "kept": str(files.household)}
    return [*everywhere, {"module": "nameplate_rules.module.HouseholdRules", "config": paths}]


def _children(manifest: Manifest) -> Mapping[str, object]:
    if not manifest.has_children:
        return {}
    return {
        # Without a token nobody could tell a child's look at a stranger's profile from anybody else's.
        "require_auth_for_profile_requests": True,
    }


def _notices(name: str) -> Mapping[str, object]:
    """The home itself writes to its people, in a room with each that is there when they need it."""
    return {
        "server_notices": {
            "system_mxid_localpart": NOTICES_PART,
            "system_mxid_display_name": name,
            "room_name": name,
            "room_topic": "From your home. Nobody reads what you write here.",
            "auto_join": True,
        }
    }


def _accounts() -> Mapping[str, object]:
    return {
        # Accounts come from our own list of people, by the service account, never from the sign-up of a stranger.
        "enable_registration": False,
        "allow_guest_access": False,
        "password_config": {"enabled": True, "policy": {"enabled": True, "minimum_length": 12}},
        # Synapse's own 12 rounds: 0.2 s of one core at each sign-in, far above what OWASP asks (10).
        "bcrypt_rounds": 12,
        "encryption_enabled_by_default_for_room_type": "all",
        # A family finds each other by name; strangers' servers are not searched.
        "user_directory": {"enabled": True, "search_all_users": True, "prefer_local_users": True},
        "allow_public_rooms_without_auth": False,
        "allow_public_rooms_over_federation": False,
        "allow_device_name_lookup_over_federation": False,
    }


def _rates(limits: Limits) -> Mapping[str, object]:
    """No human meets these; a script or a guesser does."""
    joins = limits.joins_per_minute / 60
    # Half of them at once and the other half spread over the hour: no hour ever sees more than all.
    invites = {"per_second": limits.invites_per_hour / 2 / 3600, "burst_count": limits.invites_per_hour // 2}
    return {
        # Synapse's default of one message in five seconds after ten pauses a quick typist.
        "rc_message": {"per_second": limits.messages_per_minute / 60, "burst_count": limits.message_burst},
        # A household signs in from one address: every device of ten people within a minute, then one in five seconds.
        # Failed passwords stay slow: ten, then one in 20 seconds.
        "rc_login": {
            "address": {"per_second": 0.2, "burst_count": 50},
            "account": {"per_second": 0.1, "burst_count": 20},
            "failed_attempts": {"per_second": 0.05, "burst_count": 10},
        },
        # Moving in joins a lot at once. A room elsewhere costs its server and ours more.
        "rc_joins": {
            "local": {"per_second": joins, "burst_count": 50},
            "remote": {"per_second": joins / 4, "burst_count": 30},
        },
        "rc_joins_per_room": {"per_second": 2, "burst_count": 50},
        "rc_invites": {
            "per_issuer": invites,
            # Whoever moves in is invited to everything at once, by everybody.
            "per_room": {"per_second": 1, "burst_count": 50},
            "per_user": {"per_second": 0.1, "burst_count": 50},
        },
        "rc_room_creation": {"per_second": 0.2, "burst_count": 30},
    }


def _rooms(limits: Limits) -> Mapping[str, object]:
    days = limits.retention_days
    return {
        # A room of thousands would take a family's home gigabytes to join.
        "limit_remote_rooms": {
            "enabled": True,
            "complexity": limits.remote_room_complexity,
            "complexity_error": "This room is too large for a family's home.",
        },
        # Without purge jobs of our own Synapse looks once a day.
        "retention": {"enabled": False}
        if days is None
        else {"enabled": True, "default_policy": {"max_lifetime": f"{days}d"}, "allowed_lifetime_max": f"{days}d"},
    }


def _lean() -> Mapping[str, object]:
    """What a few people do not need. It bounds growth: an idle home's memory is shared code either way."""
    return {
        "presence": {"enabled": False},
        "url_preview_enabled": False,
        "enable_metrics": False,
        "event_cache_size": "1K",
        "caches": {"global_factor": 0.1, "expire_caches": True, "cache_entry_ttl": "10m"},
        # Keys are asked of each server itself: no notary learns whom a family writes to.
        "trusted_key_servers": [],
        "suppress_key_server_warning": True,
    }


def _outgoing(settings: Settings) -> Mapping[str, object]:
    """Everything a home asks of the world goes through the relay; plain HTTP too, which the relay refuses."""
    wanted: dict[str, object] = {}
    if settings.relay_url is not None:
        wanted |= {"http_proxy": settings.relay_url, "https_proxy": settings.relay_url, "no_proxy_hosts": []}
    if settings.edge_ca_file is not None:
        wanted["federation_custom_ca_list"] = [str(Layout(settings).edge_ca)]
    if settings.sandbox_loopback:
        wanted |= {"ip_range_whitelist": ["127.0.0.0/8"], "federation_ip_range_blacklist": []}
    return wanted
