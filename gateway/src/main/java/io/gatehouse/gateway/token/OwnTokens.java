package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.AccessToken;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * The tokens of the gateway itself, for upstreams that have to know that it is the gateway that calls and need not know
 * for whom. Each replica has its own; no session and no person has anything to do with them.
 */
public final class OwnTokens {

    private final OwnTokenEndpoint endpoint;
    private final Freshness freshness;
    private final Clock clock;
    private final Map<Purpose, OwnToken> tokens = new ConcurrentHashMap<>();

    OwnTokens(OwnTokenEndpoint endpoint, Freshness freshness, Clock clock) {
        this.endpoint = endpoint;
        this.freshness = freshness;
        this.clock = clock;
    }

    /**
     * A token the upstream will accept now, for what a route's configuration says. Never empty. Fails with
     * {@link ProblemType#PROVIDER_UNAVAILABLE} or {@link ProblemType#PROVIDER_MISCONFIGURED} if there is none.
     */
    public Mono<AccessToken> current(String resource, Set<String> scopes) {
        return tokens.computeIfAbsent(new Purpose(resource, Set.copyOf(scopes)), this::token)
                .current();
    }

    private OwnToken token(Purpose purpose) {
        Mono<AccessToken> source = Mono.defer(() -> endpoint.issue(purpose.resource(), purpose.scopes()));
        return new OwnToken(source, freshness, clock);
    }

    private record Purpose(String resource, Set<String> scopes) {}
}
