package io.gatehouse.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

class SessionSelectionTests {

    private static final String IDP = "https://idp.example";

    @Test
    void personIsASubjectOfTheConfiguredIdpUnlessAnotherIsNamed() {
        assertThat(read("?subject=alice")).isEqualTo(new SessionSelection.OfUser(IDP, "alice"));
        assertThat(read("?subject=alice&issuer=https://other.example"))
                .isEqualTo(new SessionSelection.OfUser("https://other.example", "alice"));
        assertThat(read("?all=true")).isEqualTo(new SessionSelection.All());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                            | subject is missing
        ?issuer=https://idp.example   | subject is missing
        ?subject=                     | subject is empty
        ?subject                      | subject is empty
        ?subject=a&subject=b          | subject is given more than once
        ?subject=a&issuer=            | issuer is empty
        ?subject=a&sbuject=b          | sbuject is not a parameter here
        ?sub=alice                    | sub is not a parameter here
        ?all=false                    | all can only be true
        ?all=TRUE                     | all can only be true
        ?all                          | all is empty
        ?all=true&all=true            | all is given more than once
        ?all=true&subject=alice       | subject is not a parameter here, or not together with the others
        ?all=true&issuer=x            | issuer is not a parameter here, or not together with the others
        """)
    void whateverCouldBeASlipIsRefusedWithTheReason(String query, String reason) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> read(query))
                .withMessageStartingWith(reason)
                .satisfies(refused -> assertThat(refused.type()).isEqualTo(ProblemType.INVALID_REQUEST));
    }

    @Test
    void everybodyCannotBeListed() {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> SessionSelection.readUser(query("?all=true"), IDP))
                .withMessageStartingWith("all is not a parameter here");
    }

    @Test
    void handleStandsAlone() {
        assertThat(SessionSelection.readOne("abc", query(""))).isEqualTo(new SessionSelection.One("abc"));
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> SessionSelection.readOne("abc", query("?all=true")));
    }

    private static SessionSelection read(String query) {
        return SessionSelection.read(query(query), IDP);
    }

    private static MultiValueMap<String, String> query(String query) {
        return UriComponentsBuilder.fromUriString("/sessions" + query).build().getQueryParams();
    }
}
