package io.gatehouse.gateway.logout;

import java.util.Locale;

/** Why a back-channel logout was refused. */
enum LogoutRefusal {
    /** Not sent as a form. */
    CONTENT_TYPE("the content type is not application/x-www-form-urlencoded"),

    /** Larger than any logout token is. */
    TOO_LARGE("the request is too large"),

    /** Not exactly one logout token. */
    PARAMETER("logout_token is missing, repeated or unreadable"),

    /** No JWT, or none that the IdP has signed. */
    SIGNATURE("the signature is not one of the issuer's"),

    /** Some other kind of token. */
    TYPE("typ is not that of a logout token"),

    ISSUER("iss is not the issuer"),

    AUDIENCE("aud is not this client, or not this client alone"),

    ISSUED_AT("iat is missing, too long ago or in the future"),

    /** No expiry, or one that is over. */
    EXPIRED("exp is missing or past"),

    /** An event of another kind, or none. */
    EVENT("events does not name a back-channel logout"),

    /** What an ID token has and a logout token must not have. */
    NONCE("there is a nonce"),

    ID("jti is missing"),

    /** Says nobody's sign-out. */
    SUBJECT("there is neither a sub nor a sid"),

    /** Carried out before. */
    REPEATED("the logout token has been used already");

    private final String description;

    LogoutRefusal(String description) {
        this.description = description;
    }

    /** The name in audit events. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For the {@code error_description}; says nothing of what was sent. */
    String description() {
        return description;
    }
}
