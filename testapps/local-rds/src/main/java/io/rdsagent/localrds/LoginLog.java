package io.rdsagent.localrds;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every login with a token that the nodes have judged, oldest first. */
public final class LoginLog {

    private final List<Login> logins = new CopyOnWriteArrayList<>();

    LoginLog() {}

    void add(Login login) {
        logins.add(login);
    }

    /** All logins so far. */
    public List<Login> logins() {
        return List.copyOf(logins);
    }

    /** The logins that ended with this verdict. */
    public List<Login> with(Verdict verdict) {
        return logins.stream().filter(login -> login.verdict() == verdict).toList();
    }

    /** The logins at this node. */
    public List<Login> at(Node node) {
        return logins.stream().filter(login -> login.node().equals(node.name())).toList();
    }

    /** Forgets what was logged so far. */
    public void clear() {
        logins.clear();
    }
}
