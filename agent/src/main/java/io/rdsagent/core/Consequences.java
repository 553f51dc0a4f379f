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

    private static final String AGAIN =
            "a login that the driver makes by itself (a reconnect, a query that is killed) is not known as ours";
    private static final String POOL = "the connections of this pool are not retired in time";

    private static final Map<String, String> BY_HOOK = byHook();

    private static Map<String, String> byHook() {
        Map<String, String> byHook = new HashMap<>();
        byHook.put("connect", "the agent does nothing for this driver");
        byHook.put(
                "failed",
                "an endpoint that dies is noticed by the next probe, not by the first connection that breaks");
        byHook.put(
                "refused",
                "a writer that has lost its role without ending its sessions is noticed when the instances are asked for"
                        + " next; the token of a driver's own later login that was refused is given out until it is"
                        + " renewed");
        byHook.put(
                "past",
                "this class keeps connections that are past their time; they go only where something else asks");
        put(byHook, ADDRESS, "pgjdbc.address connectorj.host connectorj.socket connectorj5.host connectorj5.socket");
        put(byHook, ADDRESS, "mariadb.address mariadb.name mariadb.socket mariadb2.name mariadb2.socket");
        put(
                byHook,
                TLS,
                "pgjdbc.tls pgjdbc.factory connectorj.tls connectorj5.tls mariadb.tls mariadb.trust mariadb2.tls");
        put(
                byHook,
                LOGIN,
                "pgjdbc.login connectorj.login connectorj5.login mariadb.login mariadb2.login mariadb1.login");
        put(byHook, LOGIN, "mariadb1.switch connectorj5.session");
        put(
                byHook,
                "several names in `sign-for` are of no use: no token is given where the certificate decides",
                "connectorj.clear-password connectorj5.clear-password");
        put(byHook, AGAIN, "connectorj5.duplicate mariadb.again mariadb2.begin");
        put(byHook, "a connection that is reset (COM_CHANGE_USER) sends the old token", "connectorj.change-user");
        put(byHook, "a connection that is reset (COM_CHANGE_USER) sends the old token", "connectorj5.change-user");
        put(
                byHook,
                "where the driver is told to log what it sends (a level of trace for its logger), the token is in that log",
                "mariadb.dump");
        put(
                byHook,
                "the driver's data sources and its own pool log in without the agent",
                "mariadb.connect mariadb2.connect");
        put(
                byHook,
                POOL,
                "hikari.entry tomcat.connected tomcat.expired dbcp2.connection dbcp2.activate dbcp1.connection");
        put(byHook, POOL, "dbcp1.activate c3p0.resource vibur.connection druid.holder druid.borrow agroal.handler");
        put(
                byHook,
                POOL,
                "agroal.take h2.recycled h2.borrow ironjacamar.listener ironjacamar.borrow ironjacamar.return");
        put(byHook, POOL, "ucp.connection ucp.borrow pgjdbc.initialized pgjdbc.borrow pgjdbc.return pgjdbc.returned");
        put(
                byHook,
                POOL,
                "mariadb-pool.added mariadb-pool.borrow mariadb2.pool mariadb2.pooled spring.single liberty.connection");
        return byHook;
    }

    private static void put(Map<String, String> byHook, String consequence, String hooks) {
        for (String hook : hooks.split(" ")) {
            byHook.put(hook, consequence);
        }
    }

    /** The end of a sentence. */
    static String of(String hook) {
        return BY_HOOK.getOrDefault(hook, "what the manual says of " + hook + " is not done there");
    }

    private Consequences() {}
}
