package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what the gateway answers by itself. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    OwnAnswers ownAnswers(PublicUrl publicUrl, EndpointPaths paths) {
        return new OwnAnswers(publicUrl, paths);
    }

    @Bean
    PreflightWebFilter preflightWebFilter(OwnAnswers answers) {
        return new PreflightWebFilter(answers);
    }

    @Bean
    ProblemWebExceptionHandler problemWebExceptionHandler(
            OwnAnswers answers,
            PublicUrl publicUrl,
            EndpointPaths paths,
            GatewayCookies cookies,
            List<Supplement> supplements) {
        var pages = new ProblemPages(paths, supplements);
        return new ProblemWebExceptionHandler(answers, pages, publicUrl, paths, cookies);
    }
}
