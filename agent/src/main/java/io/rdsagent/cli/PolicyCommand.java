package io.rdsagent.cli;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.connect.Tokens;
import io.rdsagent.token.Caller;
import io.rdsagent.token.RdsApi;
import io.rdsagent.token.SdkSigner;
import io.rdsagent.token.TokenException;
import io.rdsagent.token.TokenRequest;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an identity needs, and no more. */
@Command(
        description =
                "Prints the IAM policy that lets an identity log in as one user of one database, and no more; and the"
                        + " SQL that makes that user.")
final class PolicyCommand implements Callable<Integer> {

    private static final Pattern RESOURCE = Pattern.compile("(?:db|cluster|prx)-[A-Za-z0-9]+");
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    private final Screen screen;
    private final SdkSigner signer = new SdkSigner(Clock.systemUTC());

    @Parameters(paramLabel = "URL", description = "The application's JDBC URL.")
    private String url;

    @Option(names = "--user", paramLabel = "NAME", description = "The database user; by default the one in the URL.")
    private String user;

    @Option(
            names = "--resource-id",
            paramLabel = "ID",
            description =
                    "The database's resource id, db-... for an instance, cluster-... for an Aurora or Multi-AZ cluster,"
                            + " prx-... for a proxy: not its name. By default AWS is asked for it.")
    private String resourceId;

    @Option(
            names = "--account",
            paramLabel = "NUMBER",
            description = "The AWS account; by default that of the credentials here.")
    private String account;

    @Mixin
    private Asked asked;

    PolicyCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Failure {
        JdbcTarget target = JdbcTarget.parse(url);
        HostPort host = target.hosts().get(0);
        DatabaseConfig database = asked.database(host.host(), host.port());
        HostPort name = database.signFor().isEmpty() ? host : database.signFor().get(0);
        String who = user(target, database);
        try {
            TokenRequest request = Tokens.request(database, name, who, System::getenv);
            String resource = resource(request);
            screen.say(policy(request.region(), account(request), resource, who));
            screen.say("");
            screen.say(sql(target, who));
            return Exit.WELL;
        } catch (TokenException noRegion) {
            throw new Failure(Exit.NOT_WELL, noRegion.getMessage());
        }
    }

    private String user(JdbcTarget target, DatabaseConfig database) throws Failure {
        String who = user != null ? user : database.user() != null ? database.user() : target.user();
        if (who == null || who.isEmpty()) {
            throw new Failure(Exit.USAGE, "The URL names no user. Give --user.");
        }
        return who;
    }

    private String resource(TokenRequest request) throws Failure {
        if (resourceId == null) {
            return new ResourceIds(new RdsApi(signer, System::getenv)).of(request);
        }
        if (!RESOURCE.matcher(resourceId).matches()) {
            throw new Failure(
                    Exit.USAGE,
                    "`" + resourceId
                            + "` is no resource id; the name of the database is none. Without --resource-id AWS"
                            + " is asked for it; the console shows it under Configuration.");
        }
        return resourceId;
    }

    private String account(TokenRequest request) throws Failure {
        if (account != null) {
            return account;
        }
        Caller caller = signer.caller(request);
        if (caller.account() == null) {
            throw new Failure(
                    Exit.NOT_WELL,
                    "The policy needs the number of the AWS account, and it could not be asked: " + caller.why()
                            + ". Give --account.");
        }
        return caller.account();
    }

    private static String policy(String region, String account, String resource, String user) {
        String partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
        return "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n"
                + "      \"Action\": \"rds-db:connect\",\n      \"Resource\": \"arn:" + partition + ":rds-db:" + region
                + ":"
                + account + ":dbuser:" + resource + "/" + user + "\"\n    }\n  ]\n}";
    }

    private static String sql(JdbcTarget target, String user) {
        if (target.isPostgres()) {
            String name = PLAIN_NAME.matcher(user).matches() ? user : '"' + user.replace("\"", "\"\"") + '"';
            return "CREATE USER " + name + ";\nGRANT rds_iam TO " + name + ";";
        }
        String name = "'" + user.replace("'", "''") + "'@'%'";
        return "CREATE USER " + name + " IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;";
    }
}
