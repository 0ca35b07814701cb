package io.gatehouse.emulator;

import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.emulator.directory.Directory;
import io.gatehouse.emulator.directory.Secret;
import io.gatehouse.emulator.http.Handler;
import io.gatehouse.emulator.http.HttpListener;
import io.gatehouse.emulator.http.PortTakenException;
import io.gatehouse.emulator.keys.KeyType;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.okta.OktaClient;
import io.gatehouse.emulator.okta.OktaProvider;
import io.gatehouse.emulator.okta.OktaState;
import io.gatehouse.emulator.session.AdjustableClock;
import io.gatehouse.emulator.session.Identifiers;
import io.gatehouse.emulator.session.Lifetimes;
import io.gatehouse.emulator.session.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A running emulator: Logto on one port, Okta on another. */
public final class Emulator implements AutoCloseable {

    private final EmulatorOptions options;
    private final AdjustableClock clock;
    private final Identifiers identifiers;
    private final HttpListener logtoListener;
    private final HttpListener oktaListener;
    private final JWK logtoKey;
    private final SigningKeys oktaKeys;
    private final OktaClient oktaClient;
    private final AtomicReference<Handler> logto = new AtomicReference<>();
    private final AtomicReference<Handler> okta = new AtomicReference<>();

    private Emulator(EmulatorOptions options, Clock clock, RandomGenerator random) {
        this.options = options;
        this.clock = new AdjustableClock(clock);
        this.identifiers = new Identifiers(random);
        // The slowest parts of a start, so they run side by side.
        var rsa = CompletableFuture.supplyAsync(KeyType.RSA::generate);
        var ec = CompletableFuture.supplyAsync(KeyType.EC::generate);
        this.logtoListener = listen("port", options.port());
        this.oktaListener = listenBeside(logtoListener);
        this.logtoKey = ec.join();
        this.oktaKeys = new SigningKeys(rsa.join());
        // A secret that form-encoding would change: Logto sends it as it is.
        var secret = new Secret(identifiers.secret() + "+/%");
        this.oktaClient = new OktaClient("logto", secret, endpoint() + "/callback/" + connectorId());
    }

    /**
     * Starts listening and answering.
     *
     * @param log gets one line per request
     * @throws InvalidOptionsException if a port is taken
     */
    public static Emulator start(EmulatorOptions options, Clock clock, RandomGenerator random, Consumer<String> log) {
        var emulator = new Emulator(options, clock, random);
        emulator.reset();
        emulator.logtoListener.serve(
                new RequestLog("logto", it -> emulator.logto.get().handle(it), log));
        emulator.oktaListener.serve(
                new RequestLog("okta", it -> emulator.okta.get().handle(it), log));
        return emulator;
    }

    /** Logto's base URL; the issuer is {@code /oidc} below it. */
    public String endpoint() {
        String chosen = options.endpoint();
        return chosen == null ? "http://localhost:" + logtoListener.port() : chosen;
    }

    /** Okta's base URL and issuer. */
    public String oktaEndpoint() {
        return "http://localhost:" + oktaListener.port();
    }

    /** The enterprise connector that leads to Okta. */
    public String connectorId() {
        return DemoBookstore.CONNECTOR_ID;
    }

    /** Puts everything back to how it was at the start. The keys stay those of the start, so caches of them hold. */
    public void reset() {
        clock.setOffset(Duration.ZERO);
        var lifetimes = new Lifetimes(options.lifetimes(), options.rotationThreshold());
        Directory directory = DemoBookstore.create(options, oktaEndpoint(), oktaClient, clock.instant());
        var tenant = Tenant.create(endpoint(), directory, lifetimes, identifiers, clock);
        var state = new OktaState();
        // Okta keeps the real time: a skewed Logto would refuse its tokens otherwise.
        var provider = new OktaProvider(
                oktaEndpoint(), options.initiateLoginUri(), oktaClient, state, oktaKeys, identifiers, clock.base());
        okta.set(provider.routes());
        logto.set(new LogtoServer(options, tenant, new SigningKeys(logtoKey), clock, state, this::reset));
    }

    @Override
    public void close() {
        logtoListener.close();
        oktaListener.close();
    }

    private HttpListener listen(String option, int port) {
        try {
            return new HttpListener(options.host(), port, options.keepAlive());
        } catch (PortTakenException _) {
            throw new InvalidOptionsException(
                    "port " + port + " is taken; choose another with --" + option + "=<port>, or 0 for any free one");
        }
    }

    private HttpListener listenBeside(HttpListener first) {
        try {
            return listen("okta-port", options.oktaPort());
        } catch (InvalidOptionsException taken) {
            first.close();
            throw taken;
        }
    }
}
