package io.gatehouse.gateway.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTests {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "192.168.4.129/25, 192.168.4.200, true",
        "192.168.4.129/25, 192.168.4.127, false",
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.6, false",
        "0.0.0.0/0, 198.51.100.1, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
    })
    void rangeContainsWhatHasItsLeadingBits(String network, String address, boolean isIn) {
        assertThat(Network.of(network).contains(InetAddress.ofLiteral(address))).isEqualTo(isIn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0/8", "10.0.0.0/", "10.0.0.0/8/8", "localhost",
                "example.com/8", "10.0.0.256", "10.0.0.1 ", "1", "0x7f.1", "fe80::1%eth0", "[::1]", "10.0.0.0/9999"
            })
    void whatIsNoRangeIsRefusedAndNoNameIsLookedUp(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.of(text))
                .withMessageStartingWith("must be a network such as 10.0.0.0/8");
    }
}
