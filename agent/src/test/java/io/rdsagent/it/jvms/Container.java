package io.rdsagent.it.jvms;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that applications run in, as its makers publish it. It answers at {@code /app/pulse}. */
interface Container {

    /** As a row's head. */
    String title();

    /** The Javas that it is made for, older ones first. */
    List<Integer> javas();

    /** Whether it fetches something when it starts, and so needs the names that everybody else has. */
    default boolean fetches() {
        return false;
    }

    /** Unpacks and configures it, with the application and a pool whose password is empty or the word {@code iam}. */
    void layOut(Site site) throws IOException;

    /** Makes it ready to be started once more after it was killed. */
    default void again(Site site) throws IOException {}

    /** What starts it. */
    List<String> command(Site site);

    /** What the start script reads, beside {@code JAVA_HOME}. */
    default Map<String, String> environment(Site site) {
        return Map.of();
    }

    /** The variable in which its own documentation puts options for the JVM, where it is not one of the JVM's. */
    Optional<String> optionsVariable();
}
