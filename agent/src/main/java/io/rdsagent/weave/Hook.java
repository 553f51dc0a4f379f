package io.rdsagent.weave;

/** What the core does at one place of a driver or pool. */
public interface Hook {

    /**
     * Called on the application's thread, at a place where it makes or borrows a connection.
     *
     * @param call the receiver (null in a static method, and in a constructor that has just been entered), then the
     *     arguments; for the shapes with {@code past} in their name and {@code check} the object in question alone; for
     *     {@code guard} the receiver, what is about to be handed out, and the first two arguments if they are objects
     * @return what the row's {@link Shape} asks for; null for "as it was"
     * @throws Exception what the application is meant to see, a {@link java.sql.SQLException}, or what the driver or pool
     *     is meant to see, {@link ForTheDriver}; all else is a fault and is kept from both
     */
    Object at(Object[] call) throws Exception;
}
