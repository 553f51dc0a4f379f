package io.rdsagent.cli;

import io.rdsagent.config.AgentVersion;
import java.io.File;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: what a person can ask. */
@Command(
        name = "rds-jdbc-agent",
        description = "IAM tokens, verified TLS and rotation for JDBC connections to Amazon RDS and Aurora.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nTo start an application with the agent: java -javaagent:rds-jdbc-agent.jar ...%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and all is well",
            "1:it could not be done, or something is not as it should be; stderr says what to do",
            "2:a slip on the command line",
            "3:the JVM that was named can't be reached"
        })
public final class Program implements Runnable {

    private static final int WIDTH = 100;

    @Spec
    private CommandSpec spec;

    /**
     * Called by the door.
     *
     * @param jar the agent's, which this is read from
     * @return the exit code
     */
    public static int run(String[] arguments, File jar, PrintStream out, PrintStream err) {
        return commandLine(jar, out, err).execute(arguments);
    }

    static CommandLine commandLine(File jar, PrintStream out, PrintStream err) {
        Screen screen = new Screen(out, err);
        CommandLine line = new CommandLine(new Program())
                .addSubcommand("doctor", new DoctorCommand(screen))
                .addSubcommand("list", new ListCommand(screen))
                .addSubcommand("attach", new AttachCommand(screen, jar))
                .addSubcommand("detach", new DetachCommand(screen))
                .addSubcommand("status", new StatusCommand(screen))
                .addSubcommand("watch", new WatchCommand(screen))
                .addSubcommand("drain", new DrainCommand(screen))
                .addSubcommand("config", new ConfigCommand(screen))
                .addSubcommand("token", new TokenCommand(screen))
                .addSubcommand("policy", new PolicyCommand(screen))
                .setOut(writer(out))
                .setErr(writer(err))
                .setUsageHelpWidth(WIDTH)
                .setUsageHelpAutoWidth(false)
                .setExecutionExceptionHandler((failure, command, parsed) -> screen.failed(failure));
        addHelp(line);
        line.getSubcommands().values().forEach(Program::addHelp);
        return line;
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(() ->
                new String[] {"rds-jdbc-agent " + AgentVersion.ofThisJar()});
    }

    private static PrintWriter writer(PrintStream to) {
        return new PrintWriter(new OutputStreamWriter(to, Charset.defaultCharset()), true);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
