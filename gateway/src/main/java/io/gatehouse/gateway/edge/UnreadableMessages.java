package io.gatehouse.gateway.edge;

import io.gatehouse.gateway.problem.ProblemType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connection on which HTTP/1.1 cannot be read any further, with 400, 414 or 431 if that cannot be taken for
 * the answer to another request. Reactor Netty would end the body there as if it were complete, and the upstream would
 * act on what came before the mistake.
 */
final class UnreadableMessages extends ChannelDuplexHandler {

    static final String NAME = "gatehouse.unreadable-messages";

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableMessages.class);

    private int unanswered;
    private boolean answering;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        boolean isHead = message instanceof HttpRequest;
        if (!(message instanceof HttpObject part) || part.decoderResult().isSuccess()) {
            unanswered += isHead ? 1 : 0;
            super.channelRead(context, message);
            return;
        }
        if (isHead && unanswered > 0) {
            // Its turn comes after the answers to those before it.
            super.channelRead(context, message);
            return;
        }
        ReferenceCountUtil.release(message);
        refuse(context, typeOf(part.decoderResult().cause()), isHead || (unanswered == 1 && !answering));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response) {
            answering = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
        }
        if (message instanceof LastHttpContent && answering) {
            answering = false;
            unanswered--;
        }
        super.write(context, message, promise);
    }

    private static void refuse(ChannelHandlerContext context, ProblemType type, boolean isAnswered) {
        LOG.atInfo().addKeyValue("problem", type.slug()).log("unreadable request");
        if (isAnswered) {
            context.writeAndFlush(answer(context, type)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
        context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private static ProblemType typeOf(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return ProblemType.TARGET_TOO_LONG;
        }
        return cause instanceof TooLongHttpHeaderException
                ? ProblemType.HEADERS_TOO_LARGE
                : ProblemType.INVALID_REQUEST;
    }

    /** RFC 9457, without what would have to be translated. */
    private static FullHttpResponse answer(ChannelHandlerContext context, ProblemType type) {
        HttpResponseStatus status =
                HttpResponseStatus.valueOf(type.status().value(), type.status().getReasonPhrase());
        ByteBuf problem = ByteBufUtil.writeUtf8(
                context.alloc(),
                "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d}"
                        .formatted(type.uri(), status.reasonPhrase(), status.code()));
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, problem);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .set(HttpHeaderNames.CONTENT_LENGTH, problem.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return answer;
    }
}
