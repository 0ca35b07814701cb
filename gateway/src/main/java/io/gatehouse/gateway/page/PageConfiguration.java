package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.CorsProperties;
import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import java.net.URI;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what the gateway answers by itself. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    Layout layout(PageProperties properties, PublicUrl publicUrl, BasePath basePath) {
        String host = URI.create(publicUrl.origin()).getHost();
        return new Layout(properties.folder(), Brand.of(properties, host, pathOfLogo(properties, basePath)));
    }

    @Bean
    Languages languages(PageProperties properties) {
        return new Languages(properties.folder().bundles());
    }

    @Bean
    OwnAnswers ownAnswers(
            PublicUrl publicUrl, EndpointPaths paths, CorsProperties cors, Layout layout, Languages languages) {
        return new OwnAnswers(publicUrl, paths, new Cors(cors, paths), layout, languages);
    }

    @Bean
    PreflightWebFilter preflightWebFilter(OwnAnswers answers, BasePath basePath) {
        return new PreflightWebFilter(answers, basePath);
    }

    /** {@code GET /auth/logo/...}: the image on every page, for everybody. */
    @Bean
    Endpoint logo(PageProperties properties, BasePath basePath, OwnAnswers answers) {
        String path = pathOfLogo(properties, basePath);
        Logo logo = properties.logo();
        return logo == null
                ? Endpoint.missing(path)
                : new Endpoint(path, Endpoint.LOOKING, exchange -> answers.image(exchange, logo));
    }

    private static String pathOfLogo(PageProperties properties, BasePath basePath) {
        Logo logo = properties.logo();
        return basePath.value() + "/logo/" + (logo == null ? "none" : logo.name());
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
