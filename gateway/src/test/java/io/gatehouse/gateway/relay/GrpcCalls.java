package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.gateway.fixture.GrpcUpstream;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for gRPC through the gateway, however both sides speak HTTP/2. */
abstract class GrpcCalls {

    private ManagedChannel channel;

    abstract ManagedChannel connect() throws Exception;

    @BeforeEach
    void open() throws Exception {
        channel = connect();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    @Test
    void unaryCallIsAnswered() {
        assertThat(unary(GrpcUpstream.SERVICE, "hello")).isEqualTo("hello");
    }

    @Test
    void deadlineReachesTheUpstream() {
        assertThat(Integer.parseInt(unary(GrpcUpstream.SERVICE, "time left"))).isBetween(5, 20);
    }

    @Test
    void statusWithoutMessagesIsPassedOn() {
        assertThatThrownBy(() -> unary(GrpcUpstream.SERVICE, "fail"))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(failure.getStatus())
                                .extracting(Status::getCode, Status::getDescription)
                                .containsExactly(Status.Code.FAILED_PRECONDITION, "not now"));
    }

    @Test
    void statusAfterMessagesIsPassedOn() {
        Iterator<String> answers = down("fail");

        assertThat(answers.next()).isEqualTo("fail1");
        assertThat(answers.next()).isEqualTo("fail2");
        assertThat(answers.next()).isEqualTo("fail3");
        assertThatThrownBy(answers::hasNext)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(failure.getStatus())
                                .extracting(Status::getCode, Status::getDescription)
                                .containsExactly(Status.Code.DATA_LOSS, "in the middle"));
    }

    @Test
    void serverStreams() {
        assertThat(down("a")).toIterable().containsExactly("a1", "a2", "a3");
    }

    @Test
    void clientStreams() throws Exception {
        Answers answers = new Answers();
        StreamObserver<String> texts = ClientCalls.asyncClientStreamingCall(
                channel.newCall(
                        GrpcUpstream.method(GrpcUpstream.SERVICE, "Up", MethodType.CLIENT_STREAMING), patient()),
                answers);
        texts.onNext("a");
        texts.onNext("b");
        texts.onCompleted();

        assertThat(answers.next()).isEqualTo("ab");
        assertThat(answers.next()).isEqualTo("completed");
    }

    @Test
    void bothStreamInTurn() throws Exception {
        Answers answers = new Answers();
        StreamObserver<String> texts = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(
                        GrpcUpstream.method(GrpcUpstream.SERVICE, "Both", MethodType.BIDI_STREAMING), patient()),
                answers);
        for (String text : new String[] {"a", "b", "c"}) {
            texts.onNext(text);
            assertThat(answers.next()).isEqualTo(text);
        }
        texts.onCompleted();

        assertThat(answers.next()).isEqualTo("completed");
    }

    @Test
    void refusalOfTheGatewayIsUnderstood() {
        assertThatThrownBy(() -> unary("closed.Echo", "hello"))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    }

    private static CallOptions patient() {
        return CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private String unary(String service, String text) {
        return ClientCalls.blockingUnaryCall(
                channel, GrpcUpstream.method(service, "Unary", MethodType.UNARY), patient(), text);
    }

    private Iterator<String> down(String text) {
        return ClientCalls.blockingServerStreamingCall(
                channel,
                GrpcUpstream.method(GrpcUpstream.SERVICE, "Down", MethodType.SERVER_STREAMING),
                patient(),
                text);
    }

    private static final class Answers implements StreamObserver<String> {

        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return String.valueOf(received.poll(10, TimeUnit.SECONDS));
        }

        @Override
        public void onNext(String text) {
            received.add(text);
        }

        @Override
        public void onError(Throwable failure) {
            received.add(failure.toString());
        }

        @Override
        public void onCompleted() {
            received.add("completed");
        }
    }
}
