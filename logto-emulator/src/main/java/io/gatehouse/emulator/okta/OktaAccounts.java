package io.gatehouse.emulator.okta;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The company's people: everybody at {@code acme.test}, and whoever was added by name. Thread-safe. */
public final class OktaAccounts {

    private static final String DOMAIN = "@acme.test";
    private static final List<String> GROUPS = List.of("Everyone");

    private final Map<String, OktaAccount> named = new ConcurrentHashMap<>();

    OktaAccounts() {
        put(new OktaAccount("stranger@other.test", "Stranger", GROUPS, true));
    }

    public void put(OktaAccount account) {
        named.put(account.email(), account);
    }

    /** By address, or by the part before {@code @acme.test}; empty for addresses of strangers. */
    Optional<OktaAccount> find(String login) {
        String text = login.strip().toLowerCase(Locale.ROOT);
        String email = text.contains("@") || text.isEmpty() ? text : text + DOMAIN;
        return Optional.ofNullable(named.get(email)).or(() -> colleague(email));
    }

    private static Optional<OktaAccount> colleague(String email) {
        if (!email.endsWith(DOMAIN) || email.length() == DOMAIN.length()) {
            return Optional.empty();
        }
        String local = email.substring(0, email.length() - DOMAIN.length());
        String name = local.substring(0, 1).toUpperCase(Locale.ROOT) + local.substring(1);
        return Optional.of(new OktaAccount(email, name, GROUPS, true));
    }
}
