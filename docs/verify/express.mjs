// Express (Node 20, jose 5 or 6): who sent this request, as the gateway or the IdP has signed it.
import { createRemoteJWKSet, jwtVerify } from 'jose';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Takes X-Gatehouse-Assertion: good for this route, this method, this URL and, where it changes something, this time. */
export function assertion({ publicUrl, routeId, replays = new Replays() }) {
  const keys = createRemoteJWKSet(new URL(publicUrl + '/auth/jwks'));
  const rules = {
    issuer: publicUrl,
    audience: routeId,
    algorithms: ['ES256'],
    typ: 'gatehouse-assertion+jwt',
    requiredClaims: ['exp', 'iat', 'sub', 'jti', 'htm', 'htu'],
    clockTolerance: 5,
  };
  return guard(async (request) => {
    const { payload } = await jwtVerify(request.get('X-Gatehouse-Assertion') ?? '', keys, rules);
    const url = publicUrl + request.originalUrl.split('?')[0];
    if (payload.htm !== request.method || payload.htu !== url) throw new Error('made for another request');
    if (!SAFE.has(request.method) && !replays.isFirst(payload)) throw new Error('used before');
    return payload;
  });
}

/** Takes Authorization: Bearer, the access token that the gateway relays. */
export function accessToken({ issuer, resource, jwksUri = issuer + '/jwks' }) {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  const rules = { issuer, audience: resource, algorithms: ['ES384'], typ: 'at+jwt', requiredClaims: ['exp', 'sub'] };
  return guard(async (request) => {
    const [, token] = /^Bearer ([^ ]+)$/i.exec(request.get('Authorization') ?? '') ?? [];
    return (await jwtVerify(token ?? '', keys, rules)).payload;
  });
}

/** Assertions that have been used, until they have expired. For several processes: the same with SET NX EX in Redis. */
export class Replays {
  #used = new Map();

  isFirst({ jti, exp }) {
    const now = Date.now() / 1000;
    for (const [id, end] of this.#used) {
      if (end > now) break;
      this.#used.delete(id);
    }
    if (this.#used.has(jti)) return false;
    this.#used.set(jti, exp + 5);
    return true;
  }
}

function guard(verify) {
  return async (request, response, next) => {
    try {
      request.user = await verify(request);
    } catch {
      response.status(401).end();
      return;
    }
    next();
  };
}
