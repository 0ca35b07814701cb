package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.TestKeys;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IndexNamesTests {

    private final IndexNames names = new IndexNames(KeyRing.of(TestKeys.entry("k1")));

    /** CVE-2023-35941: values that are signed side by side, so that a digit can go from one to the next. */
    @Test
    void s37NoCharacterCanBeShiftedFromOneFieldToTheNext() {
        assertThat(Stream.of(
                        names.ofUser("https://idp.example:44", "3alice"),
                        names.ofUser("https://idp.example:443", "alice"),
                        names.ofUser("https://idp.example:443a", "lice"),
                        names.ofUser("", "https://idp.example:443alice"),
                        names.ofProviderSession("https://idp.example:443", "alice"),
                        names.ofProviderSession("https://idp.example:443", "ali", "ce"),
                        names.ofProviderSession("https://idp.example:443", "alic", "e")))
                .doesNotHaveDuplicates();
    }
}
