package io.gatehouse.emulator;

import io.gatehouse.emulator.directory.Redirects;
import io.gatehouse.emulator.directory.Secret;
import io.gatehouse.emulator.directory.TokenPolicy;
import io.gatehouse.emulator.session.Lifetime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the emulator is started. The README's table lists every option by its command-line name.
 *
 * @param port of Logto; 0 for any free one
 * @param oktaPort of Okta; 0 for any free one
 * @param endpoint Logto's base URL; null for {@code http://localhost:<port>}
 * @param redirects of the one application there is at the start
 * @param unknownSessionRedirectUrl null for Logto's own page
 * @param initiateLoginUri where the tile in Okta's portal leads
 * @param ssrfProtection whether back-channel logout passes over private addresses without a word
 * @param lifetimes only those that differ from Logto's defaults
 * @param keepAlive how long an idle connection stays open
 */
public record EmulatorOptions(
        String host,
        int port,
        int oktaPort,
        @Nullable String endpoint,
        String appId,
        Secret appSecret,
        Redirects redirects,
        TokenPolicy tokenPolicy,
        @Nullable String unknownSessionRedirectUrl,
        String initiateLoginUri,
        boolean ssrfProtection,
        Map<Lifetime, Duration> lifetimes,
        int rotationThreshold,
        Duration keepAlive) {

    /**
     * Reads {@code --name=value} arguments and {@code EMULATOR_NAME} variables; arguments win.
     *
     * @param generatedSecret the application's secret if none is given
     * @throws InvalidOptionsException with all complaints at once
     */
    public static EmulatorOptions read(
            List<String> arguments, Map<String, String> environment, String generatedSecret) {
        return new OptionReader(arguments, environment).read(generatedSecret);
    }
}
