package io.gatehouse.gateway.ops;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

/**
 * TLS on the ops port. A bundle that Spring Boot reloads ({@code reload-on-update}) is used from the next connection
 * on.
 */
final class OpsTls {

    private static final String KEY = "gatehouse.ops.ssl-bundle";

    private final boolean asksForCertificate;
    private volatile SslProvider newest;

    /** @param asksForCertificate whether clients may show one, which is then verified */
    OpsTls(SslBundle bundle, boolean asksForCertificate) {
        this.asksForCertificate = asksForCertificate;
        this.newest = provider(bundle);
    }

    /** Takes the bundle of this name, now and whenever it is renewed. */
    static OpsTls of(String name, SslBundles bundles, boolean asksForCertificate) {
        SslBundle bundle = bundles.getBundle(name);
        if (bundle.getStores().getKeyStore() == null) {
            throw new InvalidConfigurationPropertyValueException(
                    KEY, name, "the bundle has no certificate with its key.");
        }
        // Without one Java trusts every public authority, and anybody can get a certificate from those.
        if (asksForCertificate && bundle.getStores().getTrustStore() == null) {
            throw new InvalidConfigurationPropertyValueException(
                    KEY, name, "the bundle has no trust store, which says whose certificates make an operator.");
        }
        OpsTls tls = new OpsTls(bundle, asksForCertificate);
        bundles.addBundleUpdateHandler(name, tls::renew);
        return tls;
    }

    void renew(SslBundle bundle) {
        newest = provider(bundle);
    }

    HttpServer secure(HttpServer server) {
        return server.secure(tls -> tls.sslContext(newest.getSslContext())
                .setSniAsyncMappings((name, provider) -> provider.setSuccess(newest)));
    }

    private SslProvider provider(SslBundle bundle) {
        SslProvider.GenericSslContextSpec<SslContextBuilder> context = Http11SslContextSpec.forServer(
                        bundle.getManagers().getKeyManagerFactory())
                .configure(builder -> configure(builder, bundle));
        return SslProvider.builder().sslContext(context).build();
    }

    private void configure(SslContextBuilder builder, SslBundle bundle) {
        SslOptions options = bundle.getOptions();
        builder.trustManager(bundle.getManagers().getTrustManagerFactory())
                .protocols(options.getEnabledProtocols())
                .ciphers(SslOptions.asSet(options.getCiphers()))
                .clientAuth(asksForCertificate ? ClientAuth.OPTIONAL : ClientAuth.NONE);
    }
}
