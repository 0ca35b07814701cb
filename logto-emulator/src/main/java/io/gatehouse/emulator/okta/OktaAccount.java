package io.gatehouse.emulator.okta;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody at the company.
 *
 * @param emailVerified null leaves the claim out
 */
public record OktaAccount(
        String email,
        String name,
        List<String> groups,
        @Nullable Boolean emailVerified) {}
