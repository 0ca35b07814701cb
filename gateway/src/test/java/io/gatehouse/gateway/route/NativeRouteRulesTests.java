package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;

/** The rules for routes of Spring Cloud Gateway's own properties, as META-INF/validation.xml restates them. */
@ExtendWith(OutputCaptureExtension.class)
class NativeRouteRulesTests {

    @Test
    void routesAreCheckedToTheLastElementWithoutAWarning(CapturedOutput output) {
        GatewayProperties properties = new GatewayProperties();
        properties.setRoutes(List.of(new RouteDefinition()));

        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            assertThat(factory.getValidator().validate(properties))
                    .extracting(ConstraintViolation::getPropertyPath)
                    .extracting(Object::toString)
                    .containsExactly("routes[0].predicates");
        }
        assertThat(output).doesNotContain("HV000271");
    }
}
