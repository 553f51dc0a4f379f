package io.rdsagent.localrds;

import java.nio.file.Path;

/**
 * Where and by whose hands the servers of one cluster run.
 *
 * @param directory all files are under it; it is deleted at the end
 * @param user the servers' user
 * @param watchdog ends what a killed JVM leaves
 * @param lifetime what is to be closed at the end
 * @param adminPassword another one for each run
 */
record Workshop(Path directory, Unprivileged user, Watchdog watchdog, Lifetime lifetime, String adminPassword) {}
