package io.rdsagent.event;

/**
 * Who wants to know what happened. Called on whatever thread it happened, the application's among them, so a listener
 * neither waits nor throws. Every method does nothing unless it is overridden.
 */
public interface Events {

    default void activated(Activation activation) {}

    default void login(Login login) {}

    default void failedLogin(FailedLogin failure) {}

    default void pooled(Pooled pooled) {}

    default void retired(Retired retirement) {}

    default void stayed(Stayed connection) {}

    default void spare(Spare spare) {}

    default void health(HealthChange change) {}

    default void topology(TopologyChange change) {}

    default void notice(Notice notice) {}
}
