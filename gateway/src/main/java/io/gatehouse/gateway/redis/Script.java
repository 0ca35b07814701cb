package io.gatehouse.gateway.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.reactive.RedisClusterReactiveCommands;
import io.lettuce.core.codec.Base16;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;

/**
 * A Lua script for one key. Redis knows it by its digest after it has run once; a server that does not know it, such as
 * one that has just taken over, is given the text again.
 */
public final class Script {

    private final String source;
    private final String digest;

    private Script(String source) {
        this.source = source;
        this.digest = Base16.digest(source.getBytes(StandardCharsets.UTF_8));
    }

    public static Script of(String source) {
        return new Script(source);
    }

    /**
     * Runs the script; nothing of what it does is seen by others before all of it. It has one result, which is waited
     * for to its end: whoever leaves after the first element cancels the command while Lettuce is still reading its
     * answer.
     */
    public <T> Mono<T> run(
            RedisClusterReactiveCommands<String, byte[]> commands,
            ScriptOutputType type,
            String key,
            byte[]... arguments) {
        String[] keys = {key};
        return commands.<T>evalsha(digest, type, keys, arguments)
                .onErrorResume(RedisNoScriptException.class, unknown -> commands.eval(source, type, keys, arguments))
                .singleOrEmpty();
    }
}
