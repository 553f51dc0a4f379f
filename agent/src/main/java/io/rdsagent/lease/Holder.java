package io.rdsagent.lease;

import java.util.function.Consumer;

/** A pool's grip on one physical connection. Implementations refer weakly to everything of the pool's. */
public interface Holder {

    /** The pool itself, by identity, to share out the retirements of one moment; null when it has been collected. */
    Object pool();

    /** The pool's product and how it is held, for a person: "HikariCP (its lifetime predicate)". */
    String description();

    /**
     * By what it is held, in a word: {@code predicate}, the pool's own question whether a connection may be handed out;
     * {@code guard}, at the pool's way out; {@code observed}, not at all.
     */
    default String how() {
        return "predicate";
    }

    /**
     * Closes the connection if it lies idle in the pool, by the pool's own means, so that its books stay right; if it
     * is in use, has the pool close it when it comes back. Never touches a connection that the application holds.
     *
     * @param failed told why it could not, on whatever thread it tried
     */
    void retire(Consumer<Throwable> failed);

    /**
     * A stamp that changes whenever the connection is borrowed or returned.
     *
     * @return {@link #IN_USE} while the application has it; {@link #UNKNOWN} if this pool doesn't tell
     */
    long lastUse();

    long IN_USE = Long.MIN_VALUE;

    long UNKNOWN = Long.MIN_VALUE + 1;
}
