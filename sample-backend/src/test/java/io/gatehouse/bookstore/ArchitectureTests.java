package io.gatehouse.bookstore;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

@AnalyzeClasses(packages = "io.gatehouse.bookstore", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule features_form_no_cycle =
            slices().matching("io.gatehouse.bookstore.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothing_blocks = noClasses().should().callMethodWhere(target(Publisher.class, "block"));

    @ArchTest
    static final ArchRule nothing_subscribes_by_itself =
            noClasses().should().callMethodWhere(target(Publisher.class, "subscribe"));

    @ArchTest
    static final ArchRule time_comes_from_a_clock = noClasses().should().callMethodWhere(target(Instant.class, "now"));

    @Test
    void rulesFailWhenTheyShould() {
        for (ArchRule rule : new ArchRule[] {nothing_blocks, nothing_subscribes_by_itself, time_comes_from_a_clock}) {
            assertThatExceptionOfType(AssertionError.class)
                    .as(rule.getDescription())
                    .isThrownBy(() -> rule.check(new ClassFileImporter().importClasses(Offender.class)));
        }
    }

    private static DescribedPredicate<JavaMethodCall> target(Class<?> owner, String namePrefix) {
        return describe(
                owner.getSimpleName() + "." + namePrefix + "*",
                call -> call.getTarget().getName().startsWith(namePrefix)
                        && call.getTarget().getOwner().isAssignableTo(owner));
    }

    static class Offender {
        void offend(Mono<Instant> mono) {
            mono.subscribe();
            mono.defaultIfEmpty(Instant.now()).block(Duration.ofSeconds(1));
        }
    }
}
