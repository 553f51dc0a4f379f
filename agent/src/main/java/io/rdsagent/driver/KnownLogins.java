package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which login a driver's connect is for, from the moment that it opens a socket until it sends the password; all on one
 * thread. A driver logs in once more by itself, to kill a query or after a lost connection; then no connect of ours is
 * under way. But it keeps, for as long as the connection lives, the object that holds what the URL said. That is known by
 * identity, since such objects are equal for equal URLs, and weakly, since they are the driver's.
 */
final class KnownLogins {

    private final Logins logins;
    private final Map<Kept, Logins.Login> made = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final LoginInHand inHand = new LoginInHand();

    KnownLogins(Logins logins) {
        this.logins = logins;
    }

    boolean isUnderWay() {
        return logins.current() != null;
    }

    /** The driver opens a socket for a connection that has one host: that of the connect under way, or of the one before. */
    void begin(Object settings) {
        Logins.Login current = logins.current();
        if (current != null) {
            keep(settings, current);
        }
        inHand.take(current == null ? before(settings) : current);
    }

    /**
     * The driver opens a socket to one of several hosts among which it chooses itself.
     *
     * @param address the driver's object for it
     * @param all of these objects, by which a query is killed at the address of one of them
     */
    void begin(Object address, HostPort host, List<?> all, String password, boolean ownTrust) throws SQLException {
        Logins.Login login = before(address);
        if (login == null) {
            login = logins.to(host, password, ownTrust);
            if (login == null) {
                login = at(host.host(), all);
            } else {
                keep(address, login);
            }
        }
        inHand.take(login);
    }

    private Logins.Login at(String host, List<?> all) {
        for (Object address : all) {
            Logins.Login login = before(address);
            if (login != null && leadsTo(login, host)) {
                return login;
            }
        }
        return null;
    }

    private static boolean leadsTo(Logins.Login login, String host) {
        HostPort dialled = login.elsewhere() == null ? login.signingName() : login.elsewhere();
        try {
            return Arrays.asList(InetAddress.getAllByName(dialled.host())).contains(InetAddress.getByName(host));
        } catch (UnknownHostException gone) {
            return false;
        }
    }

    /** What the password is then asked of. */
    LoginInHand inHand() {
        return inHand;
    }

    void keep(Object driversOwn, Logins.Login login) {
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            made.remove(gone);
        }
        made.put(new Kept(driversOwn, collected), login);
    }

    /** The login that belongs to this object; null when there is none. */
    Logins.Login before(Object driversOwn) {
        return made.get(new Kept(driversOwn, null));
    }

    private static final class Kept extends WeakReference<Object> {

        private final int hash;

        Kept(Object key, ReferenceQueue<Object> queue) {
            super(key, queue);
            hash = System.identityHashCode(key);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        /** A collected key equals itself alone, by which it is removed. */
        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            Object mine = get();
            return mine != null && other instanceof Kept && ((Kept) other).get() == mine;
        }
    }
}
