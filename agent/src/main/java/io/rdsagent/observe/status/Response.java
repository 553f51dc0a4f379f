package io.rdsagent.observe.status;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One HTTP answer. */
final class Response {

    private static final String PLAIN = "text/plain; charset=utf-8";

    private final String status;
    private final String type;
    private final String body;

    Response(String status, String type, String body) {
        this.status = status;
        this.type = type;
        this.body = body;
    }

    static Response ok(String type, String body) {
        return new Response("200 OK", type, body);
    }

    static Response refusal(String status, String sentence) {
        return new Response(status, PLAIN, sentence + "\n");
    }

    /** @param withBody false for an answer to HEAD */
    ByteBuffer bytes(boolean withBody) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + content.length
                        + "\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff"
                        + "\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer"
                        + "\r\nContent-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';"
                        + " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'\r\n"
                        + (status.startsWith("405") ? "Allow: GET, HEAD\r\n" : "") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(head.length + (withBody ? content.length : 0));
        bytes.put(head);
        if (withBody) {
            bytes.put(content);
        }
        bytes.flip();
        return bytes;
    }
}
