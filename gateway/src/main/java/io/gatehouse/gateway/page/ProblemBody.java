package io.gatehouse.gateway.page;

import io.gatehouse.gateway.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A problem as programs read it (RFC 9457, section 3.1). Always in English: a program compares, it does not read. */
public final class ProblemBody {

    private ProblemBody() {}

    /**
     * The members {@code type}, {@code title}, {@code status} and {@code detail}, in this order, to which more can be
     * added.
     */
    public static Map<String, Object> of(ProblemType type, HttpStatus status) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type.uri());
        body.put("title", Texts.ENGLISH.get(ProblemPages.title(type)));
        body.put("status", status.value());
        body.put("detail", Texts.ENGLISH.get(ProblemPages.advice(type)));
        return body;
    }
}
