package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.weave.ForTheDriver;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * The login that this thread is in, from the moment that a driver opens its socket until it sends the password, and what the
 * hooks of each family do with it. Weak, so that a thread keeps nothing alive.
 */
final class LoginInHand {

    @SuppressWarnings("ThreadLocalUsage") // There are one or two of this class for a family of drivers.
    private final ThreadLocal<WeakReference<Logins.Login>> mine = new ThreadLocal<>();

    /** @param login null for none */
    void take(Logins.Login login) {
        if (login == null) {
            mine.remove();
        } else {
            mine.set(new WeakReference<>(login));
        }
    }

    /** Null outside of a login that is ours. */
    Logins.Login get() {
        WeakReference<Logins.Login> login = mine.get();
        return login == null ? null : login.get();
    }

    /** The same, and from now on this thread is in none. */
    Logins.Login taken() {
        Logins.Login login = get();
        mine.remove();
        return login;
    }

    /** The host to dial in place of the one that is verified; null for that one. */
    String host() {
        Logins.Login login = get();
        HostPort elsewhere = login == null ? null : login.elsewhere();
        return elsewhere == null ? null : elsewhere.host();
    }

    /** Null to have the driver make one. */
    Socket socket() throws ForTheDriver {
        Logins.Login login = get();
        try {
            return login == null
                    ? null
                    : login.sockets(SocketFactory.getDefault()).createSocket();
        } catch (IOException unreachable) {
            throw new ForTheDriver(unreachable);
        }
    }

    /** Checks the name, too, whatever the driver makes its socket for. Null to leave it to the driver. */
    SSLSocketFactory tls() {
        Logins.Login login = get();
        return login == null || login.tls() == null ? null : new NamedTls(login.tls(), login.signingName());
    }

    /** What the driver verifies in place of what it has dialled: to kill a query that is an address. Null for its own. */
    String name() {
        Logins.Login login = get();
        return login == null ? null : login.signingName().host();
    }
}
