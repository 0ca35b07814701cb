package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.client.RepeatedParameters;
import io.gatehouse.emulator.client.RequiredParameters;
import io.gatehouse.emulator.directory.ApiResource;
import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.directory.ApplicationType;
import io.gatehouse.emulator.directory.Directory;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.keys.IdTokenHints;
import io.gatehouse.emulator.problem.OidcProblem;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and judges authorization requests, in the order in which Logto finds fault. */
final class RequestReader {

    private static final Set<String> PROMPTS = Set.of("none", "login", "consent");
    private static final Set<String> RESPONSE_TYPES = Set.of("code", "none", "id_token", "code id_token");
    private static final List<String> NEED_OPENID =
            List.of("acr_values", "claims_locales", "id_token_hint", "max_age", "nonce");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E ]*");

    private final Directory directory;
    private final IdTokenHints hints;
    private final PushedRequests pushedRequests;

    RequestReader(Directory directory, IdTokenHints hints, PushedRequests pushedRequests) {
        this.directory = directory;
        this.hints = hints;
        this.pushedRequests = pushedRequests;
    }

    /** @throws OidcProblem with the first fault */
    AuthorizationRequest read(Parameters sent) {
        RepeatedParameters.refuse(sent);
        if (sent.has("request")) {
            throw OidcProblem.of(400, "request_not_supported", null);
        }
        if (!sent.has("request_uri")) {
            return read(sent, null);
        }
        Application client = client(sent);
        String id = PushedRequests.idOf(sent.first("request_uri").orElseThrow());
        return read(pushedRequests.find(id, client.id()), id);
    }

    private AuthorizationRequest read(Parameters sent, @Nullable String pushedId) {
        Application client = client(sent);
        checkResponse(sent);
        String redirectUri = RequiredParameters.redirectUri(sent, client);
        Set<String> prompts = prompts(sent);
        Set<String> scopes = scopes(sent, prompts);
        checkOpenid(sent, scopes);
        if (!client.redirects().allowsRedirectTo(redirectUri)) {
            throw OidcProblem.invalidRedirectUri();
        }
        checkPkce(sent);
        List<String> resources = resources(sent);
        Duration maxAge = maxAge(sent, prompts);
        String hinted = hintedSubject(sent, client);
        return new AuthorizationRequest(
                sent, client, redirectUri, ResponseMode.of(sent), scopes, resources, prompts, maxAge, hinted, pushedId);
    }

    private Application client(Parameters sent) {
        RequiredParameters.insist(sent, "client_id");
        return findClient(sent).orElseThrow(OidcProblem::invalidClient);
    }

    Optional<Application> findClient(Parameters sent) {
        return sent.first("client_id")
                .flatMap(directory.applications()::find)
                .filter(it -> it.type() == ApplicationType.TRADITIONAL);
    }

    private static void checkResponse(Parameters sent) {
        if (sent.first("response_mode")
                .filter(it -> ResponseMode.of(it).isEmpty())
                .isPresent()) {
            throw OidcProblem.of(400, "unsupported_response_mode", "unsupported response_mode requested");
        }
        RequiredParameters.insist(sent, "response_type");
        if (sent.has("registration")) {
            throw OidcProblem.of(400, "registration_not_supported", null);
        }
        checkResponseType(sent);
    }

    private static void checkResponseType(Parameters sent) {
        String type = words(sent, "response_type").stream().sorted().collect(Collectors.joining(" "));
        if (!RESPONSE_TYPES.contains(type)) {
            throw OidcProblem.of(400, "unsupported_response_type", "unsupported response_type requested");
        }
        if (!type.equals("code")) {
            throw OidcProblem.invalidRequest("requested response_type is not allowed for this client");
        }
    }

    private static Set<String> prompts(Parameters sent) {
        Set<String> prompts = words(sent, "prompt");
        if (!PROMPTS.containsAll(prompts)) {
            throw OidcProblem.invalidRequest("unsupported prompt value requested");
        }
        if (prompts.contains("none") && prompts.size() > 1) {
            throw OidcProblem.invalidRequest("prompt none must only be used alone");
        }
        return prompts;
    }

    /**
     * {@code offline_access} counts only together with {@code prompt=consent} (OpenID Connect Core 1.0, section 11).
     */
    private static Set<String> scopes(Parameters sent, Set<String> prompts) {
        if (!SCOPE.matcher(sent.first("scope").orElse("")).matches()) {
            throw OidcProblem.of(400, "invalid_scope", "scope contains invalid characters");
        }
        Set<String> scopes = words(sent, "scope");
        if (!prompts.contains("consent")) {
            scopes.remove("offline_access");
        }
        return scopes;
    }

    private static void checkOpenid(Parameters sent, Set<String> scopes) {
        if (scopes.contains("openid")) {
            return;
        }
        NEED_OPENID.stream().filter(sent::has).findFirst().ifPresent(it -> {
            throw OidcProblem.invalidRequest("openid scope must be requested when using the " + it + " parameter");
        });
    }

    /** PKCE is voluntary for an application with a secret, but then S256 only (RFC 7636). */
    private static void checkPkce(Parameters sent) {
        boolean challenge = sent.has("code_challenge");
        if (challenge && !sent.has("code_challenge_method")) {
            throw OidcProblem.invalidRequest("code_challenge_method must be provided");
        }
        if (sent.first("code_challenge_method").filter(it -> !it.equals("S256")).isPresent()) {
            throw OidcProblem.invalidRequest("not supported value of code_challenge_method");
        }
        if (sent.has("code_challenge_method") && !challenge) {
            throw OidcProblem.invalidRequest("code_challenge must be provided with code_challenge_method");
        }
    }

    /** Several indicators may come as several parameters or as one with commas. */
    private List<String> resources(Parameters sent) {
        List<String> indicators = sent.all("resource").stream()
                .flatMap(it -> Stream.of(it.split(",", -1)))
                .distinct()
                .toList();
        for (String indicator : indicators) {
            checkIndicator(indicator);
        }
        return indicators;
    }

    private void checkIndicator(String indicator) {
        if (!isAbsolute(indicator)) {
            throw OidcProblem.of(400, "invalid_target", "resource indicator must be an absolute URI");
        }
        if (indicator.contains("#")) {
            throw OidcProblem.of(400, "invalid_target", "resource indicator must not contain a fragment component");
        }
        boolean known = indicator.equals(ApiResource.ORGANIZATIONS)
                || directory.resources().find(indicator).isPresent();
        if (!known) {
            throw OidcProblem.invalidTarget();
        }
    }

    private static boolean isAbsolute(String indicator) {
        try {
            return URI.create(indicator).isAbsolute();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** {@code max_age=0} is another way to say {@code prompt=login}. */
    private static @Nullable Duration maxAge(Parameters sent, Set<String> prompts) {
        String text = sent.first("max_age").orElse("");
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("\\d{1,15}")) {
            throw OidcProblem.invalidRequest("invalid max_age parameter value");
        }
        long seconds = Long.parseLong(text);
        if (seconds == 0) {
            prompts.add("login");
            return null;
        }
        return Duration.ofSeconds(seconds);
    }

    private @Nullable String hintedSubject(Parameters sent, Application client) {
        return sent.first("id_token_hint")
                .map(hint -> hints.subject(hint, client.id())
                        .orElseThrow(() -> OidcProblem.invalidRequest("could not validate id_token_hint")))
                .orElse(null);
    }

    private static Set<String> words(Parameters sent, String name) {
        return sent.first(name).stream()
                .flatMap(it -> Arrays.stream(it.split(" ", -1)))
                .filter(it -> !it.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
