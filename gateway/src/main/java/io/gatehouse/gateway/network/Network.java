package io.gatehouse.gateway.network;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A range of addresses (CIDR, RFC 4632 and RFC 4291). Written {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address
 * alone is the range of that one.
 *
 * @param base an address of the range
 * @param prefix how many of its leading bits all of the range have
 */
public record Network(InetAddress base, int prefix) {

    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)(/\\d{1,3})?");
    private static final String EXPECTED = "must be a network such as 10.0.0.0/8 or 2001:db8::/32, or one address";

    public Network {
        if (prefix < 0 || prefix > base.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException(EXPECTED);
        }
    }

    /** Reads the written form. No name is ever looked up. */
    public static Network of(String text) {
        if (!WRITTEN.matcher(text).matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String[] parts = text.split("/", 2);
        InetAddress base = address(parts[0]);
        int bits = base.getAddress().length * Byte.SIZE;
        return new Network(base, parts.length == 1 ? bits : Integer.parseInt(parts[1]));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(EXPECTED, malformed);
        }
    }

    /** Whether an address lies in the range. An IPv4 address within IPv6 is the IPv4 address that it maps. */
    public boolean contains(InetAddress address) {
        byte[] one = base.getAddress();
        byte[] other = address.getAddress();
        int whole = prefix / Byte.SIZE;
        int rest = Byte.SIZE - prefix % Byte.SIZE;
        return one.length == other.length
                && Arrays.equals(one, 0, whole, other, 0, whole)
                && (whole == one.length || (one[whole] & 0xff) >> rest == (other[whole] & 0xff) >> rest);
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefix;
    }
}
