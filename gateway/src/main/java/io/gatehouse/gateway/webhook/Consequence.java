package io.gatehouse.gateway.webhook;

import java.util.List;
import java.util.Set;

/** What has to be done about sessions and tokens here. */
sealed interface Consequence {

    /** The person may not be signed in any more. */
    record EndSessions(String subject) implements Consequence {}

    /** What these people may do has changed, or what tokens say about them. */
    record RenewTokens(Set<String> subjects) implements Consequence {}

    /** What some people may do has changed, and nobody has said who they are. */
    record RenewAllTokens() implements Consequence {}

    /** Nothing that matters here. */
    record Nothing() implements Consequence {}

    /** The name in audit events. */
    default String outcome() {
        return switch (this) {
            case EndSessions _ -> "sessions-ended";
            case RenewTokens _, RenewAllTokens _ -> "tokens-renewed";
            case Nothing _ -> "ignored";
        };
    }

    /** The one person it is about; blank if there are more, or nobody is named. */
    default String subject() {
        return switch (this) {
            case EndSessions it -> it.subject();
            case RenewTokens it ->
                it.subjects().size() == 1 ? List.copyOf(it.subjects()).getFirst() : "";
            case RenewAllTokens _, Nothing _ -> "";
        };
    }
}
