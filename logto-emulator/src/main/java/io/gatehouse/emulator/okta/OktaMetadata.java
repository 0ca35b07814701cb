package io.gatehouse.emulator.okta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Okta's discovery document. */
final class OktaMetadata {

    private OktaMetadata() {}

    static Map<String, Object> of(String issuer) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("issuer", issuer);
        metadata.put("authorization_endpoint", issuer + "/oauth2/v1/authorize");
        metadata.put("token_endpoint", issuer + "/oauth2/v1/token");
        metadata.put("userinfo_endpoint", issuer + "/oauth2/v1/userinfo");
        metadata.put("jwks_uri", issuer + "/oauth2/v1/keys");
        metadata.put("end_session_endpoint", issuer + "/oauth2/v1/logout");
        metadata.put("response_types_supported", List.of("code"));
        metadata.put("response_modes_supported", List.of("query"));
        metadata.put("grant_types_supported", List.of("authorization_code"));
        metadata.put("subject_types_supported", List.of("public"));
        metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
        metadata.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
        metadata.put("scopes_supported", List.of("openid", "profile", "email", "groups"));
        return metadata;
    }
}
