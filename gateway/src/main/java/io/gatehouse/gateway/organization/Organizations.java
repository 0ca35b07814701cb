package io.gatehouse.gateway.organization;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.OrganizationSource;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.token.AccessTokens;
import io.gatehouse.gateway.token.Wanted;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** The organizations somebody belongs to, and the one they act for. */
public final class Organizations {

    private static final String CLAIM = "organizations";

    /** Who has just been let into an organization need not wait for the next refresh, nor ask the IdP all the time. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private final AccessTokens accessTokens;
    private final OrganizationAliases aliases;

    Organizations(AccessTokens accessTokens, OrganizationAliases aliases) {
        this.accessTokens = accessTokens;
        this.aliases = aliases;
    }

    /**
     * The id of the organization a request is for. Never empty. Fails with {@link ProblemType#ORGANIZATION_REQUIRED} if
     * nothing says which, and with {@link ProblemType#NOT_A_MEMBER} if the person does not belong to it; whether they
     * do the IdP decides again when it issues a token for it.
     */
    public Mono<String> of(ServerHttpRequest request, BrowserSession session, OrganizationSource source) {
        return Mono.fromSupplier(() -> name(request, session, source)).flatMap(name -> member(session, name));
    }

    /** The id of an organization the person has named and belongs to; otherwise {@link ProblemType#NOT_A_MEMBER}. */
    Mono<String> member(BrowserSession session, String name) {
        String id = aliases.id(name);
        if (id.isEmpty()) {
            return Mono.error(Organizations::notAMember);
        }
        return isMember(session.identity(), id) ? Mono.just(id) : member(session, id, Wanted.idToken(RECENT));
    }

    private Mono<String> member(BrowserSession session, String id, Wanted news) {
        return accessTokens
                .usable(session, news)
                .filter(fresh -> isMember(fresh.identity(), id))
                .switchIfEmpty(Mono.error(Organizations::notAMember))
                .thenReturn(id);
    }

    private static String name(ServerHttpRequest request, BrowserSession session, OrganizationSource source) {
        return source.name(request)
                .or(() ->
                        source instanceof OrganizationSource.Chosen ? session.currentOrganization() : Optional.empty())
                .orElseThrow(() -> GatewayException.of(ProblemType.ORGANIZATION_REQUIRED));
    }

    /** An ID token may be configured not to say it; then the IdP decides alone. */
    private static boolean isMember(Identity who, String id) {
        return !who.claims().containsKey(CLAIM) || who.texts(CLAIM).contains(id);
    }

    private static GatewayException notAMember() {
        return GatewayException.of(ProblemType.NOT_A_MEMBER);
    }
}
