package io.rdsagent.driver;

import io.rdsagent.weave.Hook;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.net.SocketFactory;

/** What is done inside pgjdbc. It logs in within its connect alone, and sends a cancel without a password. */
final class PgjdbcHooks {

    /** Stands for the factory of the login that is under way; no class, so that a driver can't make one by itself. */
    private static final String OUR_FACTORY = "io.rdsagent.Tls";

    private final Logins logins;

    PgjdbcHooks(Logins logins) {
        this.logins = logins;
    }

    Map<String, Hook> all() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("pgjdbc.address", this::address);
        hooks.put("pgjdbc.tls", this::tls);
        hooks.put("pgjdbc.factory", this::factory);
        hooks.put("pgjdbc.login", this::login);
        return hooks;
    }

    /**
     * {@code new PGStream(SocketFactory, HostSpec, …)}: the factory goes, the name that is verified stays. A cancel
     * is sent by the same factory later, and so to the same address.
     */
    private Object address(Object[] call) {
        Logins.Login login = logins.current();
        return login == null ? null : login.sockets((SocketFactory) call[1]);
    }

    /**
     * {@code MakeSSL.convert(PGStream, Properties[, Logger])}: other properties, which name a class for the factory
     * that there is not. What a driver does between this and {@link #factory} has changed with its versions.
     */
    private Object tls(Object[] call) {
        Logins.Login login = logins.current();
        if (login == null || login.tls() == null) {
            return null;
        }
        Properties info = new Properties((Properties) call[2]);
        info.setProperty("sslfactory", OUR_FACTORY);
        return info;
    }

    /** {@code ObjectFactory.instantiate([Class,] String name, …)}. */
    private Object factory(Object[] call) {
        Logins.Login login = logins.current();
        boolean ours = OUR_FACTORY.equals(call[1]) || OUR_FACTORY.equals(call[2]);
        return login == null || !ours ? null : login.tls();
    }

    /** {@code doAuthentication(PGStream, String host, String user, Properties[, Logger])}: other properties, with a password. */
    private Object login(Object[] call) throws Exception {
        Logins.Login login = logins.current();
        if (login == null) {
            return null;
        }
        String password = login.password((String) call[3], socket(call[1]));
        if (password == null) {
            return null;
        }
        Properties info = new Properties((Properties) call[4]);
        info.setProperty("password", password);
        return info;
    }

    /**
     * {@code PGStream.getSocket()}. By a handle, since {@code getMethod} loads the types of all its methods, and those of GSS
     * are missing where a runtime was made with jlink and without {@code java.security.jgss}.
     */
    private static Socket socket(Object stream) throws Exception {
        MethodHandle getter = MethodHandles.publicLookup()
                .findVirtual(stream.getClass(), "getSocket", MethodType.methodType(Socket.class));
        try {
            return (Socket) getter.invokeWithArguments(stream);
        } catch (Throwable failure) {
            throw new InvocationTargetException(failure);
        }
    }
}
