package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.network.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class ClientAddressesTests {

    private final ClientAddresses addresses =
            new ClientAddresses(new TrustedProxies(Set.of(Network.of("10.0.0.0/8"), Network.of("2001:db8::/32"))));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7 | | 203.0.113.7",
                "203.0.113.7 | 198.51.100.1 | 203.0.113.7",
                "10.0.0.1 | | 10.0.0.1",
                "10.0.0.1 | 198.51.100.1 | 198.51.100.1",
                "10.0.0.1 | 1.2.3.4, 198.51.100.1 | 198.51.100.1",
                "10.0.0.1 | 1.2.3.4, 198.51.100.1, 10.2.2.2 | 198.51.100.1",
                "10.0.0.1 | 10.3.3.3, 10.2.2.2 | 10.3.3.3",
                "2001:db8::1 | 2001:db9::5 | 2001:db9::5",
            })
    void whatStandsLeftOfAnUntrustedAddressIsNotBelieved(String peer, String forwarded, String client) {
        assertThat(of(peer, forwarded)).isEqualTo(InetAddress.ofLiteral(client));
    }

    /** Prevents the class of CVE-2023-36456 and CVE-2024-47070: a list that cannot be read changes the decision. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1 | x | 10.0.0.1",
                "10.0.0.1 | ::1%eth0, 10.0.0.1 | 10.0.0.1",
                "10.0.0.1 | 1.2.3.4, unknown, 10.2.2.2 | 10.2.2.2",
                "10.0.0.1 | 1.2.3.4, | 10.0.0.1",
                "10.0.0.1 | 1.2.3.4:99 | 10.0.0.1",
                "203.0.113.7 | x | 203.0.113.7",
            })
    void s22SearchEndsAtWhatCannotBeRead(String peer, String forwarded, String client) {
        assertThat(of(peer, forwarded)).isEqualTo(InetAddress.ofLiteral(client));
    }

    @Test
    void longListIsReadToItsEndAndNoFurther() {
        assertThat(of("10.0.0.1", String.join(",", Collections.nCopies(200, "10.9.9.9"))))
                .isEqualTo(InetAddress.ofLiteral("10.9.9.9"));
    }

    @Test
    void nobodyIsTrustedUnlessNamed() {
        var strict = new ClientAddresses(new TrustedProxies(Set.of()));

        assertThat(strict.of(request("127.0.0.1", "198.51.100.1"))).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
    }

    private InetAddress of(String peer, String forwarded) {
        return addresses.of(request(peer, forwarded));
    }

    private static MockServerHttpRequest request(String peer, String forwarded) {
        var request =
                MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(peer), 5000));
        return forwarded == null
                ? request.build()
                : request.header("X-Forwarded-For", forwarded).build();
    }
}
