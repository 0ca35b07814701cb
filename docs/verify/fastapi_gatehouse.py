"""FastAPI (Python 3.11, PyJWT with cryptography): who sent this request, as the gateway or the IdP has signed it."""

import threading
import time

import jwt
from fastapi import HTTPException, Request

SAFE = {"GET", "HEAD", "OPTIONS"}
LEEWAY = 5


class Replays:
    """Assertions that have been used, until they have expired. For several processes: the same with SET NX EX in Redis."""

    def __init__(self):
        self._used = {}
        self._lock = threading.Lock()

    def is_first(self, claims):
        now = time.time()
        with self._lock:
            for jti in [jti for jti, end in self._used.items() if end <= now]:
                del self._used[jti]
            if claims["jti"] in self._used:
                return False
            self._used[claims["jti"]] = claims["exp"] + LEEWAY
            return True


class Assertion:
    """Takes X-Gatehouse-Assertion: good for this route, this method, this URL and, where it changes something, this time."""

    def __init__(self, public_url, route_id, replays=None):
        self._public_url = public_url
        self._route_id = route_id
        self._keys = jwt.PyJWKClient(public_url + "/auth/jwks")
        self._replays = replays or Replays()

    # Not async: fetching keys blocks, and FastAPI runs this in a thread of its own.
    def __call__(self, request: Request):
        token = request.headers.get("X-Gatehouse-Assertion", "")
        required = ["exp", "iat", "sub", "jti", "htm", "htu"]
        claims = _verify(
            token, self._keys, "ES256", "gatehouse-assertion+jwt", self._public_url, self._route_id, required
        )
        url = self._public_url + request.scope["raw_path"].decode("ascii")
        if claims["htm"] != request.method or claims["htu"] != url:
            raise HTTPException(401)
        if request.method not in SAFE and not self._replays.is_first(claims):
            raise HTTPException(401)
        return claims


class AccessToken:
    """Takes Authorization: Bearer, the access token that the gateway relays."""

    def __init__(self, issuer, resource, jwks_uri=None):
        self._issuer = issuer
        self._resource = resource
        self._keys = jwt.PyJWKClient(jwks_uri or issuer + "/jwks")

    def __call__(self, request: Request):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise HTTPException(401)
        return _verify(token, self._keys, "ES384", "at+jwt", self._issuer, self._resource, ["exp", "sub"])


def _verify(token, keys, algorithm, typ, issuer, audience, required):
    try:
        if jwt.get_unverified_header(token).get("typ") != typ:
            raise jwt.InvalidTokenError("another kind of token")
        return jwt.decode(
            token,
            keys.get_signing_key_from_jwt(token).key,
            algorithms=[algorithm],
            issuer=issuer,
            audience=audience,
            leeway=LEEWAY,
            options={"require": required + ["iss", "aud"]},
        )
    except jwt.PyJWKClientConnectionError:
        raise HTTPException(503) from None
    except jwt.PyJWTError:
        raise HTTPException(401) from None
