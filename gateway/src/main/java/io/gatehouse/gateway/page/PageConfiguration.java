package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.CorsProperties;
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
    OwnAnswers ownAnswers(PublicUrl publicUrl, EndpointPaths paths, CorsProperties cors) {
        return new OwnAnswers(publicUrl, paths, new Cors(cors, paths));
    }

    @Bean
    PreflightWebFilter preflightWebFilter(OwnAnswers answers, BasePath basePath) {
        return new PreflightWebFilter(answers, basePath);
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
