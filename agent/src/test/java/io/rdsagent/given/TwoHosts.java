package io.rdsagent.given;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server's host and a client's, with a cable between them: a network namespace each, which takes root. */
public final class TwoHosts implements AutoCloseable {

    public static final String SERVER = "10.97.31.1";
    public static final String CLIENT = "10.97.31.2";

    private final String here = "rds-agent-a-" + ProcessHandle.current().pid();
    private final String there = "rds-agent-b-" + ProcessHandle.current().pid();
    private final Path names = Path.of("/etc/netns", here);

    /** Where there can be none, the test is skipped. */
    public TwoHosts() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "root is needed for network namespaces");
        assumeTrue(run("ip", "netns", "add", here).isEmpty(), "there are no network namespaces here");
        run("ip", "netns", "add", there);
        run("ip", "link", "add", "cable", "netns", here, "type", "veth", "peer", "name", "cable", "netns", there);
        plugIn(here, SERVER);
        plugIn(there, CLIENT);
        // MySQL counts no client whose name it can't find out.
        Files.createDirectories(names);
        Files.writeString(
                names.resolve("hosts"), "127.0.0.1 localhost\n" + SERVER + " server\n" + CLIENT + " client\n");
        Files.writeString(names.resolve("nsswitch.conf"), "hosts: files\n");
    }

    private static void plugIn(String namespace, String address) throws IOException {
        run("ip", "-n", namespace, "addr", "add", address + "/24", "dev", "cable");
        run("ip", "-n", namespace, "link", "set", "cable", "up");
        run("ip", "-n", namespace, "link", "set", "lo", "up");
    }

    /** Runs a class of the tests there. */
    public ProcessBuilder classOnClient(String name, String... arguments) {
        return onClient(java(name, arguments));
    }

    /** Runs a class of the tests there. */
    public ProcessBuilder classOnServer(String name, String... arguments) {
        return onServer(java(name, arguments));
    }

    public ProcessBuilder onServer(String... command) {
        return inside(here, command);
    }

    private ProcessBuilder onClient(String... command) {
        return inside(there, command);
    }

    /** A class of the tests, by its main method. */
    private static String[] java(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(Path.of("target/classes").toAbsolutePath() + ":"
                + Path.of("target/test-classes").toAbsolutePath());
        command.add(name);
        command.addAll(List.of(arguments));
        return command.toArray(new String[0]);
    }

    /** What is sent to it arrives nowhere from now on, and nothing comes back: no answer, no refusal. */
    public void vanishServer() throws IOException {
        run("ip", "-n", here, "addr", "del", SERVER + "/24", "dev", "cable");
    }

    private static ProcessBuilder inside(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        return new ProcessBuilder(all).redirectErrorStream(true);
    }

    private static String run(String... command) throws IOException {
        return said(new ProcessBuilder(command).redirectErrorStream(true));
    }

    /** All that it says until it ends. */
    public static String said(ProcessBuilder command) throws IOException {
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        run("ip", "netns", "del", here);
        run("ip", "netns", "del", there);
        Files.deleteIfExists(names.resolve("hosts"));
        Files.deleteIfExists(names.resolve("nsswitch.conf"));
        Files.deleteIfExists(names);
    }
}
