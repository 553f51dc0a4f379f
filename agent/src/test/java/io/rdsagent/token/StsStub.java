package io.rdsagent.token;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The Security Token Service on loopback, for AssumeRole. */
final class StsStub implements AutoCloseable {

    final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final Instant credentialsExpireAt;
    volatile String refusal;
    volatile String code = "AccessDenied";
    volatile String keyId = "ASIAASSUMEDASSUMED01";

    StsStub(Instant credentialsExpireAt) throws IOException {
        this.credentialsExpireAt = credentialsExpireAt;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = (refusal == null ? assumed() : refused()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/xml");
        exchange.sendResponseHeaders(refusal == null ? 200 : 403, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private String assumed() {
        return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
                + "<AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/db/x</Arn>"
                + "<AssumedRoleId>AROA:x</AssumedRoleId></AssumedRoleUser><Credentials>"
                + "<AccessKeyId>" + keyId + "</AccessKeyId><SecretAccessKey>assumed-secret</SecretAccessKey>"
                + "<SessionToken>assumed-session</SessionToken><Expiration>" + credentialsExpireAt + "</Expiration>"
                + "</Credentials></AssumeRoleResult></AssumeRoleResponse>";
    }

    private String refused() {
        return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
                + "<Code>" + code + "</Code><Message>" + refusal + "</Message></Error></ErrorResponse>";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
