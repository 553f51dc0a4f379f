package io.rdsagent.cli;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.connect.Tokens;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.token.SdkSigner;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A token for psql, mysql and the like. */
@Command(
        description = {
            "Prints a token, which is the password for the next 15 minutes, as in",
            "  PGPASSWORD=$(java -jar rds-jdbc-agent.jar token HOST 5432 USER) \\",
            "    psql \"host=HOST user=USER dbname=NAME sslmode=verify-full sslrootcert=global-bundle.pem\""
        })
final class TokenCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(
            index = "0",
            paramLabel = "HOST",
            description = "The RDS endpoint's own name, also where a tunnel is dialled.")
    private String host;

    @Parameters(index = "1", paramLabel = "PORT", description = "The RDS endpoint's own port.")
    private int port;

    @Parameters(index = "2", paramLabel = "USER", description = "The database user.")
    private String user;

    @Mixin
    private Asked asked;

    TokenCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Failure {
        DatabaseConfig database = asked.database(host, port);
        HostPort name = database.signFor().isEmpty()
                ? HostPort.of(host, port)
                : database.signFor().get(0);
        if (RdsHostName.parse(name.host()) == null) {
            screen.warn(
                    name.host() + " is no name of RDS's, so no database will take this token. Give the RDS endpoint's"
                            + " own name, also where another is dialled.");
        }
        try {
            Token token = new SdkSigner(Clock.systemUTC()).sign(Tokens.request(database, name, user, System::getenv));
            if (Screen.isTerminal()) {
                screen.warn("This is a password: whoever reads it can log in as " + user + " until " + token.expiresAt()
                        + ".");
            }
            screen.say(token.text());
            return Exit.WELL;
        } catch (TokenException none) {
            throw new Failure(Exit.NOT_WELL, none.getMessage());
        }
    }
}
