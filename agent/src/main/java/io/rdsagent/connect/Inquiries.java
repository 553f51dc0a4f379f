package io.rdsagent.connect;

import io.rdsagent.config.HostPort;
import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.WireLogin;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.tls.Trust;
import io.rdsagent.token.Caller;
import io.rdsagent.token.Identity;
import io.rdsagent.token.TokenRequest;
import io.rdsagent.token.TokenSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is asked about when a token was refused, and who was let in before. Nobody is asked twice in a minute. */
final class Inquiries {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long AGAIN_MILLIS = 60_000;
    private static final int MOST = 256;

    private final TokenSource source;
    private final Clock clock;
    private final Map<Identity, Answer<Caller>> callers = bounded();
    private final Map<String, Answer<String>> plugins = bounded();
    private final Map<TokenRequest, Long> successes = new ConcurrentHashMap<>();

    Inquiries(TokenSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<K, V>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }

    void succeeded(TokenRequest request) {
        if (successes.size() >= MOST) {
            successes.clear();
        }
        successes.put(request, clock.millis());
    }

    /** Null when he never was let in. */
    Duration sinceSuccess(TokenRequest request) {
        Long at = successes.get(request);
        return at == null ? null : Duration.ofMillis(Math.max(0, clock.millis() - at));
    }

    /** Whose the credentials are; of those who ask at once, the others wait. */
    synchronized Caller caller(TokenRequest request) {
        Answer<Caller> known = callers.get(request.identity());
        if (known == null || known.isOld(clock.millis())) {
            known = new Answer<>(source.caller(request, PATIENCE), clock.millis());
            callers.put(request.identity(), known);
        }
        return known.answer;
    }

    /** How the server asks this user for a password; null for clear text, and when it can't be learnt. */
    synchronized String asks(Endpoint endpoint, String user, Dialect dialect) {
        if (!dialect.asksEachUserHisWay()) {
            return null;
        }
        String whom = endpoint + " " + user;
        Answer<String> known = plugins.get(whom);
        if (known == null || known.isOld(clock.millis())) {
            known = new Answer<>(ask(endpoint, user, dialect.wire()), clock.millis());
            plugins.put(whom, known);
        }
        return known.answer;
    }

    /** With anybody's certificate: nothing secret is sent. */
    private static String ask(Endpoint endpoint, String user, WireLogin wire) {
        HostPort address = endpoint.address();
        int millis = (int) PATIENCE.toMillis();
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(millis);
            socket.connect(new InetSocketAddress(address.host(), address.port()), millis);
            wire.secure(socket, Trust.none().socketFactory(false), endpoint.signingName());
            String asked = wire.asks(user, "");
            if (asked == null) {
                // To be refused is not counted against this host; to hang up would be.
                wire.password("");
            }
            return asked;
        } catch (IOException | SQLException | RuntimeException notTold) {
            return null;
        }
    }

    private static final class Answer<T> {

        private final T answer;
        private final long at;

        Answer(T answer, long at) {
            this.answer = answer;
            this.at = at;
        }

        boolean isOld(long now) {
            return Math.abs(now - at) > AGAIN_MILLIS;
        }
    }
}
