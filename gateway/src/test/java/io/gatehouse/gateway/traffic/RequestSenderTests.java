package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class RequestSenderTests {

    @Test
    void addressesOfOneNetworkOfIpv6AreOne() throws Exception {
        assertThat(text("2001:db8:1:2::1")).isEqualTo(text("2001:db8:1:2:ffff::9"));
        assertThat(text("2001:db8:1:2::1")).isNotEqualTo(text("2001:db8:1:3::1"));
    }

    @Test
    void everyAddressOfIpv4IsItsOwn() throws Exception {
        assertThat(text("192.0.2.1")).isNotEqualTo(text("192.0.2.2"));
        assertThat(text("::ffff:192.0.2.1")).isEqualTo(text("192.0.2.1"));
    }

    private static String text(String address) throws Exception {
        return RequestSender.text(InetAddress.getByName(address));
    }
}
