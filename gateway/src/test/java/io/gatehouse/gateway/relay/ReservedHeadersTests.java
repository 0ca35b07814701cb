package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.route.HeaderNames;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedHeadersTests {

    private final ReservedHeaders reserved = new ReservedHeaders(List.of("X-Staff-No", "Tenant"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Staff-No",
                "x-staff-no",
                "X_STAFF_NO",
                "x.staff.no",
                "x-staff_no",
                "X~Staff No",
                "tenant",
                "TENANT",
                "X_Gatehouse.Assertion",
                "x-gatehouse-",
                "Authorization",
                "x_correlation_id"
            })
    void nameThatAnyRouteSetsIsReservedInEverySpelling(String name) {
        assertThat(reserved.contains(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X",
                "X-Staff",
                "X-Staff-No-",
                "X-Staff-Number",
                "XStaffNo",
                "Tenants",
                "x-gatehouse",
                "Accept",
                "Cookie",
                "Content-Type",
                "X-Auth-Token",
                "X-Custom",
                "Ä"
            })
    void nameThatOnlyResemblesOneIsNot(String name) {
        assertThat(reserved.contains(name)).isFalse();
    }

    @Test
    void everyMisleadingNameIsReserved() {
        assertThat(HeaderNames.misleading())
                .allMatch(reserved::contains)
                .allMatch(
                        name -> reserved.contains(name.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    @Test
    void whatNoRouteSetsIsNotReserved() {
        assertThat(new ReservedHeaders(List.of()).contains("X-Staff-No")).isFalse();
    }
}
