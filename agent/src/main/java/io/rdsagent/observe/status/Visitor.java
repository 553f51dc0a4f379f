package io.rdsagent.observe.status;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Function;

/** One connection to the server: it says its request, hears the answer, and goes; each within its time. */
final class Visitor {

    private static final int MOST_REQUEST = 8192;
    private static final int MOST_WRITTEN_AT_ONCE = 65_536;

    private static final long TO_ASK_MILLIS = 5_000;
    private static final long TO_LISTEN_MILLIS = 10_000;
    /** What a client still sends is read for so long, since closing on it would cut off the answer. */
    private static final long TO_GO_MILLIS = 1_000;

    private final SocketChannel channel;
    private final ByteBuffer request = ByteBuffer.allocate(MOST_REQUEST);
    private ByteBuffer answer;
    private boolean going;
    private long until;

    Visitor(SocketChannel channel, long now) {
        this.channel = channel;
        this.until = now + TO_ASK_MILLIS;
    }

    boolean isLate(long now) {
        return now >= until;
    }

    boolean isStillAsking() {
        return answer == null;
    }

    /** Goes on as far as it can without waiting. */
    void goOn(SelectionKey key, Function<Request, Response> pages, long now) throws IOException {
        if (answer == null) {
            listen(pages, now);
        }
        if (answer != null && !going) {
            speak(key, now);
        }
        if (going) {
            ignore();
        }
    }

    private void listen(Function<Request, Response> pages, long now) throws IOException {
        int read = channel.read(request);
        int end = Request.end(request.array(), request.position());
        if (end >= 0) {
            answer(end, pages, now);
        } else if (read < 0) {
            channel.close();
        } else if (!request.hasRemaining()) {
            answer(
                    Response.refusal("431 Request Header Fields Too Large", "At most " + MOST_REQUEST + " bytes."),
                    true,
                    now);
        }
    }

    private void answer(int end, Function<Request, Response> pages, long now) {
        Request asked;
        try {
            asked = Request.parse(request.array(), end);
        } catch (IllegalArgumentException malformed) {
            answer(Response.refusal("400 Bad Request", "This is not a request that HTTP/1 knows."), true, now);
            return;
        }
        answer(pages.apply(asked), !asked.method().equals("HEAD"), now);
    }

    private void answer(Response response, boolean withBody, long now) {
        answer = response.bytes(withBody);
        until = now + TO_LISTEN_MILLIS;
    }

    private void speak(SelectionKey key, long now) throws IOException {
        int all = answer.limit();
        // The JDK keeps a direct buffer as large as the largest write.
        answer.limit(Math.min(all, answer.position() + MOST_WRITTEN_AT_ONCE));
        channel.write(answer);
        answer.limit(all);
        if (answer.hasRemaining()) {
            key.interestOps(SelectionKey.OP_WRITE);
            return;
        }
        channel.shutdownOutput();
        key.interestOps(SelectionKey.OP_READ);
        going = true;
        until = now + TO_GO_MILLIS;
    }

    private void ignore() throws IOException {
        request.clear();
        if (channel.read(request) < 0) {
            channel.close();
        }
    }

    void leave() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // As it should be.
        }
    }
}
