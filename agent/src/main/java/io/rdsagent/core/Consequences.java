package io.rdsagent.core;

import java.util.HashMap;
import java.util.Map;

/** What a person loses where a version of a driver or pool lacks the place of a hook. */
final class Consequences {

    private static final String ADDRESS =
            "no other address than the one in the URL is dialled (`sign-for`, an alias), and"
                    + " a connect that hangs is ended by the driver's own timeouts alone";
    private static final String TLS =
            "it verifies the server by its own settings, for which `tls.ca` or the URL has to" + " name the RDS roots";
    private static final String LOGIN =
            "the token is given with the properties of the connect, and what logs in again by"
                    + " itself (a reconnect, a query that is killed) sends the old one";

    private static final Map<String, String> BY_HOOK = byHook();

    private static Map<String, String> byHook() {
        Map<String, String> byHook = new HashMap<>();
        byHook.put("connect", "the agent does nothing for this driver");
        byHook.put(
                "failed",
                "an endpoint that dies is noticed by the next probe, not by the first connection that breaks");
        byHook.put(
                "past",
                "this class keeps connections that are past their time; they go only where something else asks");
        byHook.put("pgjdbc.address", ADDRESS);
        byHook.put("connectorj.host", ADDRESS);
        byHook.put("connectorj.socket", ADDRESS);
        byHook.put("mariadb.address", ADDRESS);
        byHook.put("mariadb.socket", ADDRESS);
        byHook.put("pgjdbc.tls", TLS);
        byHook.put("pgjdbc.factory", TLS);
        byHook.put("connectorj.tls", TLS);
        byHook.put("mariadb.tls", TLS);
        byHook.put("mariadb.trust", TLS);
        byHook.put("pgjdbc.login", LOGIN);
        byHook.put("connectorj.login", LOGIN);
        byHook.put("mariadb.login", LOGIN);
        byHook.put("connectorj.change-user", "a connection that is reset (COM_CHANGE_USER) sends the old token");
        byHook.put("hikari.entry", "the connections of this pool are not retired by their age");
        return byHook;
    }

    /** The end of a sentence. */
    static String of(String hook) {
        return BY_HOOK.getOrDefault(hook, "what the manual says of " + hook + " is not done there");
    }

    private Consequences() {}
}
