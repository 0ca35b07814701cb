package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.problem.ProblemType;
import org.springframework.web.server.ServerWebExchange;

/** Adds to the page about a problem what only another feature knows: who is signed in, what else they could choose. */
@FunctionalInterface
public interface Supplement {

    /**
     * Adds something, or nothing.
     *
     * @param here the page the person was about to see
     */
    void addTo(Page page, ProblemType type, ReturnTo here, ServerWebExchange exchange);
}
