package io.rdsagent.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/**
 * The agent in another JVM of this user. It is asked by an attachment that carries the question and names a file for the
 * answer, which only this user can read; the JVM itself sees to it that nobody else can ask.
 */
final class RunningAgent {

    /** Set by the door in the JVM that it is in. */
    static final String ATTACHED = "io.rdsagent.attached";

    private static final String OK = "ok\n";

    private final AttachApi jvms;
    private final String pid;

    RunningAgent(AttachApi jvms, String pid) {
        this.jvms = jvms;
        this.pid = pid;
    }

    /** Null when there is none. */
    String jar() throws Failure {
        try (AttachApi.Jvm jvm = jvms.attach(pid)) {
            return jvm.property(ATTACHED);
        }
    }

    /**
     * @param argument settings, or a file with settings; null for none
     * @return false when one was there already
     */
    boolean attach(File jar, String argument) throws Failure {
        try (AttachApi.Jvm jvm = jvms.attach(pid)) {
            if (jvm.property(ATTACHED) != null) {
                return false;
            }
            jvm.load(jar, argument);
            if (jvm.property(ATTACHED) == null) {
                throw new Failure(
                        Exit.NOT_WELL,
                        "The JVM " + pid + " has loaded the agent, but it did not go to work there: it is a tool of the"
                                + " JDK, or rdsagent.enabled is false, or its stderr says why.");
            }
            return true;
        }
    }

    /** @throws Failure also when the agent says that it can't be done */
    String ask(String question) throws Failure {
        try (AttachApi.Jvm jvm = jvms.attach(pid)) {
            String jar = jvm.property(ATTACHED);
            if (jar == null) {
                throw new Failure(
                        Exit.NOT_WELL,
                        "There is no agent in the JVM " + pid + ". Attach it with `attach " + pid + "`, or start the"
                                + " application with -javaagent.");
            }
            return answer(jvm, new File(jar), question);
        } catch (IOException noFile) {
            throw new Failure(
                    Exit.NOT_WELL,
                    "The answer can't be read (" + noFile + "). Check that both processes may write to "
                            + System.getProperty("java.io.tmpdir") + ", or name another folder by -Djava.io.tmpdir.");
        }
    }

    private String answer(AttachApi.Jvm jvm, File jar, String question) throws Failure, IOException {
        Path file = Files.createTempFile("rds-agent-", ".answer");
        try {
            giveTo(file);
            jvm.load(jar, "command=" + question + ";to=" + file);
            String answer = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            if (answer.startsWith(OK)) {
                return answer.substring(OK.length()).replaceAll("\n+$", "");
            }
            throw new Failure(
                    Exit.NOT_WELL,
                    answer.isEmpty()
                            ? "The agent in the JVM " + pid + " gives no answer: it is of another version (" + jar
                                    + "), or can't write to " + file.getParent() + ". Its stderr may say more."
                            : answer.substring(answer.indexOf('\n') + 1));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Where root asks, the file is made for the one who is to write it. */
    private void giveTo(Path file) {
        try {
            Files.setOwner(file, Files.getOwner(Paths.get("/proc", pid)));
        } catch (IOException | RuntimeException sameUser) {
            // Nothing to give.
        }
    }
}
