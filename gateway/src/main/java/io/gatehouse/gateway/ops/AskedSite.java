package io.gatehouse.gateway.ops;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which site an operator's request is about: the one that {@code site} names, or the gateway's own.
 *
 * @param name blank for the gateway's own
 * @param query what else the request asks for
 */
record AskedSite(String name, SiteOperations operations, MultiValueMap<String, String> query) {

    private static final String SITE = "site";

    /** Fails with {@link ProblemType#INVALID_REQUEST} if there is no such site. */
    static AskedSite of(ServerRequest request, SiteOperations own, Map<String, SiteOperations> others) {
        MultiValueMap<String, String> query = new LinkedMultiValueMap<>(request.queryParams());
        @Nullable List<String> named = query.remove(SITE);
        if (named == null) {
            return new AskedSite("", own, query);
        }
        String name = named.size() == 1 ? String.valueOf(named.getFirst()) : "";
        SiteOperations operations = others.get(name);
        if (operations == null) {
            throw GatewayException.of(ProblemType.INVALID_REQUEST, "there is no site of this name");
        }
        return new AskedSite(name, operations, query);
    }

    /** What is said of something in the audit stream. */
    String describe(Object what) {
        return name.isEmpty() ? what.toString() : what + " site=" + name;
    }
}
