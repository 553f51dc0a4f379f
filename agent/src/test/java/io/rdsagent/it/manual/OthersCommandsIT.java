package io.rdsagent.it.manual;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import io.rdsagent.manual.Kind;
import io.rdsagent.manual.Snippet;
import io.rdsagent.manual.Snippets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the manual shows of programs that are not ours: psql, and the AWS command line. */
class OthersCommandsIT {

    @TempDir
    Path folder;

    /** By libpq, another client than any of the drivers: the token, and the name that is verified, are as they should be. */
    @Test
    void psqlLogsInOverVerifiedTlsWithTheTokenThatTheJarPrints() throws Exception {
        assumeTrue(Script.finds("psql"), "no psql on the PATH; install postgresql-client to try the manual's line");
        String command = shown("PGPASSWORD=$(java -jar rds-jdbc-agent.jar token ");
        try (LocalRds rds = LocalRds.builder().nodes(1).start()) {
            Script.Ended ended = new Script(folder)
                    .environment(rds.environment())
                    .run(command.replace("rds-jdbc-agent.jar", ForkedJvm.AGENT.toString())
                                    .replace(" 5432 ", " " + rds.port() + " ")
                                    .replace("global-bundle.pem", rds.caFile().toString())
                                    .replace(
                                            "user=app",
                                            "hostaddr=" + rds.writer().address() + " port=" + rds.port() + " user=app")
                            + " -Atc 'SELECT current_user, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'");

            assertThat(ended.out()).as(ended.err()).isEqualTo("app|t\n");
            assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
        }
    }

    /** It knows AWS's operations, and refuses what they do not take; only the answer is ours. */
    @Test
    void theAwsCommandLineTakesTheCommandsThatMakeABalancer() throws Exception {
        assumeTrue(Script.finds("aws"), "no aws on the PATH; install awscli to try the manual's lines");
        List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
        HttpServer stub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stub.createContext("/", exchange -> answer(exchange, asked));
        stub.start();
        try {
            Script.Ended ended = new Script(folder)
                    .environment(Map.of(
                            "STUB", "http://127.0.0.1:" + stub.getAddress().getPort(),
                            "AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE",
                            "AWS_SECRET_ACCESS_KEY", "example",
                            "AWS_REGION", "eu-west-1",
                            "AWS_DEFAULT_REGION", "eu-west-1",
                            "AWS_EC2_METADATA_DISABLED", "true",
                            "AWS_PAGER", ""))
                    // Debian's is of a time before AWS_ENDPOINT_URL.
                    .run("aws() { command aws --endpoint-url $STUB \"$@\"; }\n"
                            + shown("aws elbv2 create-target-group "));

            assertThat(ended.status()).as(ended.err()).isZero();
        } finally {
            stub.stop(0);
        }
        assertThat(asked)
                .extracting(request -> request.get("Action"))
                .containsExactly("CreateTargetGroup", "RegisterTargets", "CreateListener");
        assertThat(asked.get(0)).containsEntry("TargetType", "ip").containsEntry("HealthCheckProtocol", "TCP");
        assertThat(asked.get(1)).containsEntry("Targets.member.2.Id", "10.0.2.23");
        assertThat(asked.get(2)).containsEntry("DefaultActions.member.1.Type", "forward");
    }

    private static String shown(String start) throws IOException {
        return Snippets.of(Kind.COMMANDS).stream()
                .map(Snippet::text)
                .filter(text -> text.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static void answer(HttpExchange exchange, List<Map<String, String>> asked) throws IOException {
        Map<String, String> request =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(request);
        String action = request.get("Action");
        byte[] body = ("<" + action + "Response><" + action + "Result/></" + action + "Response>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> parameters(String form) {
        Stream<String[]> pairs = Arrays.stream(form.split("&")).map(pair -> pair.split("=", 2));
        return pairs.collect(toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
