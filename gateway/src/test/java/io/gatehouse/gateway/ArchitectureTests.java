package io.gatehouse.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.problem.ForbiddenArrow;
import io.gatehouse.gateway.session.SessionProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final String ROOT = "io.gatehouse.gateway";

    /** Which packages a package uses, as the table in the root package's Javadoc has it. */
    private static final Map<String, List<String>> ARROWS = drawn();

    private static final Pattern SYSTEM_TIME = Pattern.compile(String.join(
            "|",
            "java\\.time\\..*\\.now",
            "java\\.time\\.(Clock|InstantSource)\\.(system|tick[A-Z]).*",
            "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)",
            "java\\.util\\.(Date\\.<init>|Calendar\\.getInstance)"));

    @ArchTest
    static final ArchRule every_package_is_on_the_map = classes()
            .should()
            .resideInAnyPackage(
                    Stream.concat(Stream.of(ROOT), ARROWS.keySet().stream().map(it -> ROOT + "." + it))
                            .toArray(String[]::new))
            .as("every package stands in the table of the root package's Javadoc");

    @ArchTest
    static final ArchRule arrows_point_one_way = layers();

    @ArchTest
    static final ArchRule features_form_no_cycle =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule filters_and_handlers_are_private_to_their_feature = classes()
            .that(are(assignableTo(WebFilter.class))
                    .or(are(assignableTo(GlobalFilter.class)))
                    .or(are(assignableTo(WebExceptionHandler.class)))
                    .or(are(assignableTo(WebHandler.class))))
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule nothing_blocks = noClasses().should().accessTargetWhere(target(Publisher.class, "block"));

    @ArchTest
    static final ArchRule nothing_subscribes_by_itself = noClasses()
            .that()
            .doNotImplement(SmartLifecycle.class)
            .should()
            .accessTargetWhere(target(Publisher.class, "subscribe"));

    @ArchTest
    static final ArchRule nothing_chooses_a_thread = noClasses()
            .that()
            .doNotImplement(SmartLifecycle.class)
            .should()
            .accessClassesThat()
            .belongToAnyOf(Schedulers.class);

    /** One place wires the clock, so that a test can be at any time. */
    @ArchTest
    static final ArchRule time_comes_from_a_clock = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(GatehouseConfiguration.class.getName())
            .should()
            .accessTargetWhere(describe("the system's time is read", ArchitectureTests::readsTheTime));

    /** One place that redirects, so that one place has to be right. */
    @ArchTest
    static final ArchRule only_own_answers_redirect = noClasses()
            .that()
            .doNotHaveSimpleName("OwnAnswers")
            .should()
            .accessTargetWhere(target(HttpHeaders.class, "setLocation"));

    @ArchTest
    static void every_arrow_is_used(JavaClasses classes) {
        Set<String> unused = ARROWS.entrySet().stream()
                .flatMap(arrows -> arrows.getValue().stream().map(it -> arrows.getKey() + " -> " + it))
                .collect(Collectors.toCollection(TreeSet::new));
        unused.removeAll(arrows(classes));

        assertThat(unused).isEmpty();
    }

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
    void methodReferencesCountAsCalls() {
        assertViolated(nothing_blocks, QuietOffender.class);
        assertViolated(nothing_subscribes_by_itself, QuietOffender.class);
    }

    @Test
    void arrowsFailWhenAFeatureLooksAtALaterStage() {
        assertViolated(layers().withOptionalLayers(true), ForbiddenArrow.class, SessionProperties.class);
    }

    @Test
    void arrowFailsWhenNothingUsesIt() {
        var classes = new ClassFileImporter().importClasses(ForbiddenArrow.class, SessionProperties.class);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> every_arrow_is_used(classes))
                .withMessageContaining("relay -> token");
    }

    @Test
    void packageFailsWhenTheMapDoesNotNameIt() {
        assertViolated(every_package_is_on_the_map, MutableClock.class);
    }

    @Test
    void timeFailsHoweverItIsRead() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(
                        () -> time_comes_from_a_clock.check(new ClassFileImporter().importClasses(WatchWearer.class)))
                .withMessageContainingAll(
                        "<java.time.Instant.now()>",
                        "<java.time.LocalDate.now()>",
                        "<java.time.Clock.systemUTC()>",
                        "<java.time.Clock.systemDefaultZone()>",
                        "<java.time.Clock.system(java.time.ZoneId)>",
                        "<java.time.Clock.tickMillis(java.time.ZoneId)>",
                        "<java.time.InstantSource.system()>",
                        "<java.lang.System.currentTimeMillis()>",
                        "<java.lang.System.nanoTime()>",
                        "<java.util.Date.<init>()>",
                        "<java.util.Calendar.getInstance()>");
    }

    private static Map<String, List<String>> drawn() {
        try {
            String map = Files.readString(Path.of("src/main/java/io/gatehouse/gateway/package-info.java"));
            return Pattern.compile("^ \\* (\\w+):((?: +\\w+)*)$", Pattern.MULTILINE)
                    .matcher(map)
                    .results()
                    .collect(Collectors.toMap(it -> it.group(1), it -> words(it.group(2))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String text) {
        return Pattern.compile("\\w+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static LayeredArchitecture layers() {
        LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("root")
                .definedBy(ROOT);
        var names = new TreeSet<>(ARROWS.keySet());
        ARROWS.values().forEach(names::addAll);
        for (String name : names) {
            layers = layers.layer(name).definedBy(ROOT + "." + name);
        }
        for (Map.Entry<String, List<String>> arrows : ARROWS.entrySet()) {
            var user = layers.whereLayer(arrows.getKey());
            layers = arrows.getValue().isEmpty()
                    ? user.mayNotAccessAnyLayer()
                    : user.mayOnlyAccessLayers(arrows.getValue().toArray(String[]::new));
        }
        return layers;
    }

    private static Set<String> arrows(JavaClasses classes) {
        return classes.stream()
                .flatMap(it -> it.getDirectDependenciesFromSelf().stream())
                .map(it -> feature(it.getOriginClass()) + " -> " + feature(it.getTargetClass()))
                .collect(Collectors.toSet());
    }

    private static String feature(JavaClass type) {
        return type.getBaseComponentType().getPackageName().replace(ROOT + ".", "");
    }

    private static boolean readsTheTime(JavaAccess<?> access) {
        String target =
                access.getTargetOwner().getName() + "." + access.getTarget().getName();
        return SYSTEM_TIME.matcher(target).matches();
    }

    private static void assertViolated(ArchRule rule, Class<?>... offenders) {
        assertThatExceptionOfType(AssertionError.class)
                .as(rule.getDescription())
                .isThrownBy(() -> rule.check(new ClassFileImporter().importClasses(offenders)));
    }

    /** A call or a method reference. */
    private static DescribedPredicate<JavaAccess<?>> target(Class<?> owner, String namePrefix) {
        return describe(owner.getSimpleName() + "." + namePrefix + "*", access -> {
            AccessTarget target = access.getTarget();
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

    /** Hides its calls in method references. */
    public static final class QuietOffender {

        List<Function<Mono<Object>, Object>> offend() {
            return List.of(Mono::subscribe, Mono::block);
        }
    }

    /** Reads the time in every way but the one allowed. */
    public static final class WatchWearer {

        List<Supplier<Object>> ways(ZoneId zone) {
            return List.of(
                    Instant::now,
                    () -> LocalDate.now(),
                    Clock::systemUTC,
                    () -> Clock.systemDefaultZone(),
                    () -> Clock.system(zone),
                    () -> Clock.tickMillis(zone),
                    InstantSource::system,
                    () -> System.currentTimeMillis(),
                    System::nanoTime,
                    Date::new,
                    () -> Calendar.getInstance());
        }
    }
}
