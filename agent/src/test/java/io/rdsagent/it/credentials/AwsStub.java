package io.rdsagent.it.credentials;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The places on loopback that the SDK gets credentials from: instance metadata, the container's and the pod's agent, STS
 * and single sign-on. On bare sockets, since it has to be able to keep silent and to lie about the time.
 */
public final class AwsStub implements AutoCloseable {

    private static final String STS = "xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"";

    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Request> handedOut = new CopyOnWriteArrayList<>();

    private volatile Keys keys;
    private volatile Duration lifetime = Duration.ofHours(1);
    private volatile Duration ahead = Duration.ZERO;
    private volatile String refusal;
    private volatile boolean silent;

    public record Keys(String id, String secret, String session) {}

    record Request(String method, String path, String head, String body) {}

    private record Answer(int status, String body) {}

    public AwsStub(Keys keys) throws IOException {
        this.keys = keys;
        threads.execute(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** What was asked, but not the credentials themselves. */
    List<Request> requests() {
        return requests;
    }

    /** The requests that were answered with credentials: so many resolutions. */
    List<Request> handedOut() {
        return handedOut;
    }

    void hand(Keys others) {
        keys = others;
    }

    void credentialsLastFor(Duration time) {
        lifetime = time;
    }

    /** AWS's own clock, against the one of this host. */
    public void clockAhead(Duration time) {
        ahead = time;
    }

    /** STS says this from now on. */
    public void refuse(String code, String message) {
        refusal = "<ErrorResponse " + STS + "><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message
                + "</Message></Error></ErrorResponse>";
    }

    /** Takes connections from now on but never answers. */
    void fallSilent() {
        silent = true;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            Request request = read(new BufferedInputStream(socket.getInputStream()));
            if (!isAskedWhoItIs(request)) {
                requests.add(request);
            }
            if (!silent) {
                write(socket, answer(request));
                socket.close();
            }
        } catch (IOException goneAway) {
            // The client's business.
        }
    }

    private static Request read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        String[] first = head.toString().split(" ", 3);
        String length = head.toString().toLowerCase(Locale.ROOT).replaceAll("(?s).*content-length: *(\\d+).*", "$1");
        byte[] body = in.readNBytes(length.matches("\\d+") ? Integer.parseInt(length) : 0);
        return new Request(first[0], first[1], head.toString(), new String(body, StandardCharsets.UTF_8));
    }

    private void write(Socket socket, Answer answer) throws IOException {
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + answer.status + " Answer\r\nConnection: close\r\nContent-Length: " + body.length
                + "\r\nDate: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atOffset(ZoneOffset.UTC))
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
    }

    private Instant now() {
        return Instant.now().plus(ahead);
    }

    private Answer answer(Request request) {
        if (request.path.equals("/latest/api/token")) {
            return new Answer(request.method.equals("PUT") ? 200 : 405, "imds-session");
        }
        if (request.path.startsWith("/latest/meta-data/iam/security-credentials")) {
            return metadata(request);
        }
        if (request.path.startsWith("/federation/credentials")) {
            return request.head.contains("access-of-the-person") ? handOut(request, sso()) : new Answer(401, "{}");
        }
        if (request.path.equals("/pod") || request.path.equals("/container")) {
            String bearer = request.path.equals("/pod") ? "of-the-pod" : "of-the-container";
            return request.head.contains("uthorization: " + bearer) ? handOut(request, json()) : new Answer(401, "{}");
        }
        if (refusal != null) {
            return new Answer(403, refusal);
        }
        return isAskedWhoItIs(request) ? new Answer(200, identity()) : handOut(request, assumed(request));
    }

    private static boolean isAskedWhoItIs(Request request) {
        return request.body.contains("Action=GetCallerIdentity");
    }

    private static String identity() {
        return "<GetCallerIdentityResponse " + STS + "><GetCallerIdentityResult>"
                + "<Arn>arn:aws:sts::123456789012:assumed-role/db/x</Arn><UserId>AROA:x</UserId>"
                + "<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
    }

    /** Version 2 alone: without the session's header there is nothing. */
    private Answer metadata(Request request) {
        if (!request.head.contains("imds-session")) {
            return new Answer(401, "");
        }
        return request.path.endsWith("/") ? new Answer(200, "the-role") : handOut(request, json());
    }

    private Answer handOut(Request request, String credentials) {
        handedOut.add(request);
        return new Answer(200, credentials);
    }

    private String json() {
        return "{\"Code\":\"Success\",\"Type\":\"AWS-HMAC\",\"AccessKeyId\":\"" + keys.id + "\",\"SecretAccessKey\":\""
                + keys.secret + "\",\"Token\":\"" + keys.session + "\",\"Expiration\":\"" + expiration() + "\"}";
    }

    private String sso() {
        return "{\"roleCredentials\":{\"accessKeyId\":\"" + keys.id + "\",\"secretAccessKey\":\"" + keys.secret
                + "\",\"sessionToken\":\"" + keys.session + "\",\"expiration\":"
                + expiration().toEpochMilli() + "}}";
    }

    private String assumed(Request request) {
        String action = request.body.replaceAll("(?s).*Action=(\\w+).*", "$1");
        return "<" + action + "Response " + STS + "><" + action + "Result><AssumedRoleUser>"
                + "<Arn>arn:aws:sts::123456789012:assumed-role/db/x</Arn><AssumedRoleId>AROA:x</AssumedRoleId>"
                + "</AssumedRoleUser><Credentials><AccessKeyId>" + keys.id + "</AccessKeyId><SecretAccessKey>"
                + keys.secret
                + "</SecretAccessKey><SessionToken>" + keys.session + "</SessionToken><Expiration>" + expiration()
                + "</Expiration></Credentials></" + action + "Result></" + action + "Response>";
    }

    private Instant expiration() {
        return now().plus(lifetime).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : new ArrayList<>(sockets)) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
