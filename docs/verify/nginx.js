// nginx njs (0.7.9 and later): who sent this request, as the gateway has signed it in X-Gatehouse-Assertion.
//
// 0.7.9 imports no JWK for ECDSA, but SPKI: for P-256 that is a constant and the two coordinates. Its workers crash where
// an "await" stands within the arguments of a call, so there are only promises here.

const SPKI = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');
const SAFE = ['GET', 'HEAD', 'OPTIONS'];
const LEEWAY = 5;

/** For limit_req: the assertion of a request that changes something, so that it counts once. Nothing for others. */
function once(r) {
    try {
        const isSafe = SAFE.indexOf(r.variables.request_method) >= 0;
        return isSafe ? '' : parse(r.headersIn['X-Gatehouse-Assertion'] || '').claims.jti;
    } catch (refused) {
        return '';
    }
}

/** For auth_request: 204 with X-Subject, or 401. Variables: $gatehouse_url, $gatehouse_route. */
function verify(r) {
    let token;
    try {
        token = parse(r.headersIn['X-Gatehouse-Assertion'] || '');
        check(token, r);
    } catch (refused) {
        r.return(401);
        return;
    }
    r.subrequest('/_gatehouse_keys', { method: 'GET', args: '', body: '' })
        .then(reply => isSigned(token, JSON.parse(reply.responseText).keys))
        .then(signed => {
            r.headersOut['X-Subject'] = encodeURIComponent(token.claims.sub);
            r.return(signed ? 204 : 401);
        })
        .catch(failure => {
            r.error('assertion not verified: ' + failure.message);
            r.return(500);
        });
}

function parse(text) {
    const parts = text.split('.');
    if (parts.length !== 3) {
        throw new Error('no JWS');
    }
    return {
        header: JSON.parse(Buffer.from(parts[0], 'base64url')),
        claims: JSON.parse(Buffer.from(parts[1], 'base64url')),
        signed: parts[0] + '.' + parts[1],
        signature: Buffer.from(parts[2], 'base64url'),
    };
}

function check(token, r) {
    const claims = token.claims;
    const now = Date.now() / 1000;
    const method = r.variables.request_method;
    const path = r.variables.request_uri.split('?')[0];
    const good = token.header.alg === 'ES256'
        && token.header.typ === 'gatehouse-assertion+jwt'
        && token.header.crit === undefined
        && claims.iss === r.variables.gatehouse_url
        && claims.aud === r.variables.gatehouse_route
        && claims.htm === method
        && claims.htu === r.variables.gatehouse_url + path
        // Earlier than it says: limit_req remembers for a minute, and the clock here may be behind the gateway's.
        && typeof claims.exp === 'number' && claims.exp - LEEWAY > now && claims.exp < now + 60 + LEEWAY
        && typeof claims.iat === 'number' && claims.iat - LEEWAY < now
        && typeof claims.jti === 'string' && claims.jti !== ''
        && typeof claims.sub === 'string' && claims.sub !== '';
    if (!good) {
        throw new Error('not for this request');
    }
}

function isSigned(token, keys) {
    const key = keys.filter(it => it.kid === token.header.kid && it.kty === 'EC' && it.crv === 'P-256')[0];
    if (!key || token.signature.length !== 64) {
        return Promise.resolve(false);
    }
    const point = Buffer.concat([SPKI, Buffer.from(key.x, 'base64url'), Buffer.from(key.y, 'base64url')]);
    return crypto.subtle.importKey('spki', point, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
        .then(imported => crypto.subtle.verify(
            { name: 'ECDSA', hash: 'SHA-256' }, imported, token.signature, Buffer.from(token.signed)));
}

export default { once, verify };
