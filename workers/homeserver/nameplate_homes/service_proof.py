"""What shows a home that it is our worker who signs in. The worker makes the same (lib/synapse/service-account.ts)."""

import hmac
from hashlib import sha256

LOGIN_TYPE = "family.nameplate.service"


def proof_of(registration_secret: str) -> str:
    return hmac.new(registration_secret.encode(), LOGIN_TYPE.encode(), sha256).hexdigest()
