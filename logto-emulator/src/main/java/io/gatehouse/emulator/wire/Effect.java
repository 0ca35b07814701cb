package io.gatehouse.emulator.wire;

import io.gatehouse.emulator.keys.Signature;
import java.time.Duration;
import java.util.Map;

/** What a fault does. Several faults on one endpoint combine. */
public sealed interface Effect {

    /** Waits before acting. */
    record Latency(Duration delay) implements Effect {}

    /** Acts, then waits before answering. */
    record LatencyAfter(Duration delay) implements Effect {}

    /** Answers without acting. */
    record Status(int status, String contentType, String body, Map<String, String> headers) implements Effect {}

    /** Tears the connection down without acting. */
    record Reset() implements Effect {}

    /** Acts, then tears the connection down: the caller never learns the outcome. */
    record LostResponse() implements Effect {}

    /** Acts twice on the one request, as when a network delivers it twice, and answers as it does the second time. */
    record DuplicateDelivery() implements Effect {}

    /** Refuses with an OAuth error: in JSON, or in the authorization response at the authorization endpoint. */
    record OAuthError(int status, String error, String description) implements Effect {}

    /** Edits a parameter of the authorization response. */
    record ResponseParameter(String name, Edit edit) implements Effect {}

    /** Edits a member of the JSON answer. */
    record ResponseField(String name, Edit edit) implements Effect {}

    /** Edits a claim of the ID token before it is signed. */
    record IdTokenClaim(String name, Edit edit) implements Effect {}

    /** Signs the ID token wrongly. */
    record IdTokenSignature(Signature signature) implements Effect {}

    /** Issues an opaque access token although a resource was asked for. */
    record OpaqueAccessToken() implements Effect {}

    /** Keeps publishing the keys as they were when the fault was added. */
    record StaleKeys(String keySet) implements Effect {}
}
