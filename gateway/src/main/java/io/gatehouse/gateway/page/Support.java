package io.gatehouse.gateway.page;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where people get help.
 *
 * @param address an {@code https:} or {@code mailto:} address, as it was written
 */
record Support(String address) {

    private static final Pattern MAIL = Pattern.compile("mailto:[^@/?]+@[^@/]+");

    /**
     * Reads an address from configuration.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Support of(String configured) {
        URI address = URI.create(configured.strip());
        if (!isMailbox(address) && !isWebPage(address)) {
            throw new IllegalArgumentException(
                    "must be an address such as https://help.example.com or mailto:help@example.com");
        }
        return new Support(address.toString());
    }

    private static boolean isMailbox(URI address) {
        return MAIL.matcher(address.toString()).matches();
    }

    private static boolean isWebPage(URI address) {
        return "https".equals(address.getScheme()) && address.getHost() != null;
    }

    @Override
    public String toString() {
        return address;
    }
}
