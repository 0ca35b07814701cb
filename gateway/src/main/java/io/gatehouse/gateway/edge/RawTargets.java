package io.gatehouse.gateway.edge;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/**
 * Encodes the characters that browsers leave as they are in a request target although no URI may contain them (RFC
 * 3986, appendix A). Spring would answer such a request with an empty 400 before anything of ours sees it.
 *
 * <p>In a path neither a backslash is among them, which browsers turn into a slash, nor a percent sign that encodes
 * nothing: what such a path names is not for us to guess. In a query browsers send both as they were typed.
 */
@ChannelHandler.Sharable
public final class RawTargets extends ChannelInboundHandlerAdapter {

    static final String NAME = "gatehouse.raw-targets";
    private static final Pattern RAW = Pattern.compile("[\"<>^`{|}]");
    private static final Pattern RAW_IN_QUERY = Pattern.compile("\\\\|%(?![0-9A-Fa-f]{2})");

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest request) {
            request.setUri(encoded(request.uri()));
        }
        if (message instanceof Http2HeadersFrame frame && frame.headers().path() != null) {
            frame.headers().path(encoded(frame.headers().path().toString()));
        }
        super.channelRead(context, message);
    }

    /** The target with those characters encoded. */
    public static String encoded(String target) {
        int query = target.indexOf('?');
        if (query < 0) {
            return encoded(target, RAW);
        }
        String typed = encoded(target.substring(query), RAW_IN_QUERY);
        return encoded(target.substring(0, query) + typed, RAW);
    }

    private static String encoded(String text, Pattern raw) {
        return raw.matcher(text).replaceAll(found -> UriUtils.encode(found.group(), StandardCharsets.US_ASCII));
    }
}
