package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.ChromiumUrls;
import io.gatehouse.gateway.fixture.ChromiumUrls.Place;
import io.gatehouse.gateway.fixture.HostileTargets;
import io.gatehouse.gateway.fixture.Scale;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * S1 to S6, S8 to S10, S12: the one validator of targets against the URL parser of a browser. S13 is somebody else's
 * list, which is not kept here: {@code -Dhostile.targets=FILE} tries it.
 */
class ReturnToCorpusIT {

    private static final long SEED = Long.getLong("fuzz.seed", new SecureRandom().nextLong());
    private static final int GENERATED = Scale.of(20_000, 200_000);
    private static final int AT_ONCE = 20_000;

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private ChromiumUrls chromium;

    @BeforeEach
    void openTab() {
        chromium = new ChromiumUrls(CHROMIUM.tab());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "https://app.example", "https://app.example:8443"})
    void everyWrittenTargetLeadsHome(String publicUrl) {
        List<String> written = HostileTargets.written(publicUrl);

        assertThat(written).hasSizeGreaterThan(250).doesNotHaveDuplicates().allSatisfy(target -> {
            assertThat(ReturnTo.orHome(target)).isEqualTo(ReturnTo.HOME);
            assertThat(ReturnTo.orHome(target, PublicUrl.of(publicUrl))).isEqualTo(ReturnTo.HOME);
        });
    }

    /** Otherwise the list would prove nothing. */
    @Test
    void mostWrittenTargetsWouldLeaveThisGateway() {
        List<Place> places = chromium.read(HostileTargets.written("https://app.example"), "https://app.example/auth");

        assertThat(places.stream().filter(ReturnToCorpusIT::leaves).count()).isGreaterThan(120);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "https://app.example"})
    void noGeneratedTargetLeavesThisGateway(String publicUrl) {
        System.out.printf("generated targets: %d for %s, fuzz.seed=%d%n", GENERATED, publicUrl, SEED);
        long kept = 0;
        for (int done = 0; done < GENERATED; done += AT_ONCE) {
            List<String> accepted = accepted(publicUrl, SEED + done);
            assertStays(accepted, publicUrl);
            kept += accepted.size();
        }
        System.out.println("of these, kept as they are: " + kept);
        assertThat(kept).as("targets that are not simply refused").isGreaterThan(GENERATED / 100);
    }

    @Test
    void manyGeneratedTargetsWouldLeaveThisGateway() {
        List<Place> places =
                chromium.read(HostileTargets.generated("https://app.example", SEED, 5_000), "https://app.example/");

        assertThat(places.stream().filter(ReturnToCorpusIT::leaves).count())
                .as("fuzz.seed=" + SEED)
                .isGreaterThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/books",
                "/books/",
                "/books/42?sort=title&page=2",
                "/books?q=a%20b+c&next=//elsewhere/../x&back=https://other.example/",
                "/books?q=%0D%0A%00%5C%2F%2F",
                "/books#chapter-2",
                "/books?x=1#/route/with?its=own",
                "/#//not-a-host",
                "/books#a%2Fb/../c",
                "/?",
                "/caf%C3%A9/%E4%B9%A6?%E4%BD%9C%E8%80%85=%E9%B2%81%E8%BF%85",
                "/a;version=2/b",
                "/~alice/a.b/..c/d../e...f",
                "/.well-known/security.txt",
                "/a:b@c,d=e!f$g&h'i(j)k*l+m",
                "/%25/100%25?x=100%25",
                "/%41%2d%20"
            })
    void targetOfThisGatewaySurvivesUnchanged(String target) {
        PublicUrl here = PublicUrl.of("https://app.example");

        assertThat(ReturnTo.orHome(target).path()).isEqualTo(target);
        assertThat(ReturnTo.orHome("https://app.example" + target, here).path()).isEqualTo(target);
        assertStays(List.of(target), here.origin());
    }

    /** S13, with that list. */
    @EnabledIfSystemProperty(named = "hostile.targets", matches = ".+", disabledReason = "the list is somebody else's")
    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "https://app.example"})
    void s13NoTargetOfAFurtherListLeavesThisGateway(String publicUrl) {
        List<String> accepted = accepted(publicUrl, HostileTargets.further());

        System.out.printf(
                "further targets: %d, kept as they are: %d%n",
                HostileTargets.further().size(), accepted.size());
        assertStays(accepted, publicUrl);
    }

    private static List<String> accepted(String publicUrl, long seed) {
        return accepted(publicUrl, HostileTargets.generated(publicUrl, seed, Math.min(AT_ONCE, GENERATED)));
    }

    private static List<String> accepted(String publicUrl, List<String> targets) {
        return targets.stream()
                .flatMap(target -> Stream.of(ReturnTo.orHome(target), ReturnTo.orHome(target, PublicUrl.of(publicUrl))))
                .filter(target -> !target.equals(ReturnTo.HOME))
                .map(ReturnTo::path)
                .distinct()
                .toList();
    }

    /** On this origin, and at the very path that was judged: a browser folds nothing away. */
    private void assertStays(List<String> targets, String origin) {
        for (String page : List.of("/", "/auth/callback?code=x", "/auth/organization")) {
            assertThat(chromium.read(targets, origin + page))
                    .as("fuzz.seed=" + SEED)
                    .allSatisfy(place -> assertThat(place)
                            .isEqualTo(new Place(
                                    place.target(), origin, place.target().replaceFirst("[?#].*", ""))));
        }
    }

    private static boolean leaves(Place place) {
        return !place.origin().equals("https://app.example") && !place.origin().equals("unreadable");
    }
}
