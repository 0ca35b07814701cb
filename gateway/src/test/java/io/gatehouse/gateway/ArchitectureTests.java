package io.gatehouse.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.gatehouse.gateway.problem.ForbiddenArrow;
import io.gatehouse.gateway.session.SessionProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@AnalyzeClasses(packages = "io.gatehouse.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    /**
     * Which package may be used by which others, as the root package's Javadoc draws it. The root wires all of them.
     */
    private static final Map<String, String[]> USERS = Map.ofEntries(
            Map.entry("problem", new String[] {
                "edge", "page", "provider", "session", "token", "login", "logout", "access", "relay", "ops"
            }),
            Map.entry("edge", new String[] {"page", "session", "login", "logout", "access", "relay"}),
            Map.entry("page", new String[] {"session", "login", "logout"}),
            Map.entry("audit", new String[] {"token", "login", "logout", "access"}),
            Map.entry("route", new String[] {"login", "logout", "access", "relay"}),
            Map.entry("provider", new String[] {"session", "token", "login", "logout"}),
            Map.entry("session", new String[] {"token", "login", "logout", "access", "relay", "ops"}),
            Map.entry("token", new String[] {"logout", "relay"}),
            Map.entry("login", new String[] {}),
            Map.entry("logout", new String[] {}),
            Map.entry("access", new String[] {}),
            Map.entry("relay", new String[] {}),
            Map.entry("ops", new String[] {}));

    @ArchTest
    static final ArchRule arrows_point_one_way = layers();

    @ArchTest
    static final ArchRule features_form_no_cycle =
            slices().matching("io.gatehouse.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule filters_and_handlers_are_private_to_their_feature = classes()
            .that(are(assignableTo(WebFilter.class))
                    .or(are(assignableTo(GlobalFilter.class)))
                    .or(are(assignableTo(WebExceptionHandler.class)))
                    .or(are(assignableTo(WebHandler.class))))
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule nothing_blocks = noClasses().should().callMethodWhere(target(Publisher.class, "block"));

    @ArchTest
    static final ArchRule nothing_subscribes_by_itself = noClasses()
            .that()
            .doNotImplement(SmartLifecycle.class)
            .should()
            .callMethodWhere(target(Publisher.class, "subscribe"));

    @ArchTest
    static final ArchRule nothing_chooses_a_thread = noClasses()
            .that()
            .doNotImplement(SmartLifecycle.class)
            .should()
            .accessClassesThat()
            .belongToAnyOf(Schedulers.class);

    @ArchTest
    static final ArchRule time_comes_from_a_clock = noClasses().should().callMethodWhere(target(Instant.class, "now"));

    /** One place that redirects, so that one place has to be right. */
    @ArchTest
    static final ArchRule only_own_answers_redirect = noClasses()
            .that()
            .doNotHaveSimpleName("OwnAnswers")
            .should()
            .callMethodWhere(target(HttpHeaders.class, "setLocation"));

    @Test
    void rulesFailWhenTheyShould() {
        for (ArchRule rule : new ArchRule[] {
            nothing_blocks,
            nothing_subscribes_by_itself,
            nothing_chooses_a_thread,
            time_comes_from_a_clock,
            only_own_answers_redirect,
            filters_and_handlers_are_private_to_their_feature
        }) {
            assertViolated(rule, Offender.class);
        }
    }

    @Test
    void arrowsFailWhenAFeatureLooksAtALaterStage() {
        var classes = new ClassFileImporter().importClasses(ForbiddenArrow.class, SessionProperties.class);

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> layers().check(classes));
    }

    private static LayeredArchitecture layers() {
        LayeredArchitecture layers =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String name : USERS.keySet()) {
            layers = layers.layer(name).definedBy("io.gatehouse.gateway." + name);
        }
        layers = layers.layer("root").definedBy("io.gatehouse.gateway");
        for (Map.Entry<String, String[]> entry : USERS.entrySet()) {
            String[] users = Arrays.copyOf(entry.getValue(), entry.getValue().length + 1);
            users[users.length - 1] = "root";
            layers = layers.whereLayer(entry.getKey()).mayOnlyBeAccessedByLayers(users);
        }
        return layers.whereLayer("root").mayNotBeAccessedByAnyLayer();
    }

    private static void assertViolated(ArchRule rule, Class<?> offender) {
        assertThatExceptionOfType(AssertionError.class)
                .as(rule.getDescription())
                .isThrownBy(() -> rule.check(new ClassFileImporter().importClasses(offender)));
    }

    private static DescribedPredicate<JavaMethodCall> target(Class<?> owner, String namePrefix) {
        return describe(owner.getSimpleName() + "." + namePrefix + "*", call -> {
            AccessTarget.MethodCallTarget target = call.getTarget();
            return target.getName().startsWith(namePrefix) && target.getOwner().isAssignableTo(owner);
        });
    }

    /** Breaks every rule. */
    public static final class Offender implements WebFilter {

        void offend(Mono<Instant> mono, HttpHeaders headers) {
            mono.subscribe();
            mono.publishOn(Schedulers.parallel()).defaultIfEmpty(Instant.now()).block(Duration.ofSeconds(1));
            headers.setLocation(null);
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            return Mono.delay(Duration.between(Clock.systemUTC().instant(), Instant.MAX))
                    .then();
        }
    }
}
