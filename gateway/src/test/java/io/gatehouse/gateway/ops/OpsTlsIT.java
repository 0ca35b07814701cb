package io.gatehouse.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.AuditTrail;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** The ops port behind TLS, with operators who show a certificate. */
class OpsTlsIT {

    private static final TestCertificates OURS = TestCertificates.issued("ops");
    private static final TestCertificates STRANGERS = TestCertificates.issued("ops-strangers");

    @RegisterExtension
    static final Stage STAGE = new Stage(properties());

    @RegisterExtension
    final AuditTrail audit = new AuditTrail();

    @Test
    void operatorIsKnownByACertificateAndAuditedByItsName() throws Exception {
        Browser alices = new Browser();
        STAGE.signInAsAlice(alices);

        HttpResponse<String> answer = send(known(), "DELETE", "/sessions?all=true");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ended\":1}");
        assertThat(alices.fetch("GET", STAGE.url("/books")).status()).isEqualTo(401);
        assertThat(audit.events("operator acted")).singleElement().asString().startsWith("operator=\"CN=gatehouse\"");
    }

    @Test
    void probesComeWithoutCertificate() throws Exception {
        assertThat(send(unknown(), "GET", "/livez").statusCode()).isEqualTo(200);
        assertThat(send(unknown(), "GET", "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyIsAnOperatorWithoutCertificate() throws Exception {
        HttpResponse<String> answer = send(unknown(), "DELETE", "/sessions?all=true");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("operator-unknown", "send a client certificate");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("ClientCertificate realm=\"gatehouse\"");
        assertThat(audit.events("operator refused")).hasSize(1);
    }

    @Test
    void certificateThatSomebodyElseHasIssuedDoesNotPassTheHandshake() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> send(client(OURS, STRANGERS), "DELETE", "/sessions?all=true"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> send(client(OURS, STRANGERS), "GET", "/livez"));
    }

    @Test
    void renewedBundleIsUsedFromTheNextConnectionOn() throws Exception {
        int port = Ports.free();
        OpsTls tls = new OpsTls(bundle(OURS, true), false);
        OpsServer server = new OpsServer(
                new OpsProperties(port, "127.0.0.1", null, "ops", OpsProperties.ClientAuthentication.NONE),
                (request, response) -> response.setComplete(),
                tls);
        server.start();
        try {
            URI url = URI.create("https://127.0.0.1:" + port + "/");
            assertThat(send(client(OURS, null), "GET", url).statusCode()).isEqualTo(200);

            tls.renew(bundle(STRANGERS, true));

            assertThat(send(client(STRANGERS, null), "GET", url).statusCode()).isEqualTo(200);
            assertThatExceptionOfType(SSLHandshakeException.class)
                    .isThrownBy(() -> send(client(OURS, null), "GET", url));
        } finally {
            server.stop();
        }
    }

    @Test
    void bundleThatDoesNotSayWhomToTrustMakesNobodyAnOperator() {
        var bundles = new DefaultSslBundleRegistry();
        bundles.registerBundle("half", bundle(OURS, false));

        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> OpsTls.of("half", bundles, true))
                .withMessageContaining("gatehouse.ops.ssl-bundle")
                .satisfies(refused -> assertThat(refused.getReason()).contains("no trust store"));
        assertThat(OpsTls.of("half", bundles, false)).isNotNull();
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        String bundle = "spring.ssl.bundle.pem.ops.";
        properties.put(bundle + "keystore.certificate", location(OURS.serverCertificate()));
        properties.put(bundle + "keystore.private-key", location(OURS.serverKey()));
        properties.put(bundle + "truststore.certificate", location(OURS.ca()));
        properties.put("gatehouse.ops.ssl-bundle", "ops");
        properties.put("gatehouse.ops.client-authentication", "required");
        return properties;
    }

    private static HttpResponse<String> send(HttpClient client, String method, String target) throws Exception {
        return send(client, method, URI.create(STAGE.gateway().ops().replace("http:", "https:") + target));
    }

    private static HttpResponse<String> send(HttpClient client, String method, URI url)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient known() {
        return client(OURS, OURS);
    }

    private static HttpClient unknown() {
        return client(OURS, null);
    }

    /** A client that trusts an authority and shows the certificate of another one, or none. */
    private static HttpClient client(TestCertificates trusted, @Nullable TestCertificates own) {
        PemSslStoreDetails shown = own == null
                ? null
                : PemSslStoreDetails.forCertificate(location(own.clientCertificate()))
                        .withPrivateKey(location(own.clientKey()));
        SslBundle bundle =
                SslBundle.of(new PemSslStoreBundle(shown, PemSslStoreDetails.forCertificate(location(trusted.ca()))));
        return HttpClient.newBuilder().sslContext(bundle.createSslContext()).build();
    }

    private static SslBundle bundle(TestCertificates issued, boolean trusting) {
        PemSslStoreDetails own = PemSslStoreDetails.forCertificate(location(issued.serverCertificate()))
                .withPrivateKey(location(issued.serverKey()));
        PemSslStoreDetails trusted = trusting ? PemSslStoreDetails.forCertificate(location(issued.ca())) : null;
        return SslBundle.of(new PemSslStoreBundle(own, trusted));
    }

    private static String location(Path file) {
        return file.toUri().toString();
    }
}
