package io.rdsagent.it.topology;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/** The RDS API for one local cluster, one instance a page; it verifies what is signed, and can be made to refuse. */
public final class RdsApiStub implements AutoCloseable {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final String OF_THE_CLUSTER = "<DBClusterIdentifier>orders</DBClusterIdentifier>";

    private final LocalRds rds;
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    public RdsApiStub(LocalRds rds) throws IOException {
        this.rds = rds;
        server.createContext("/", this::serve);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next question is answered so. */
    public void refuse(String code) {
        refusals.add(code);
    }

    /** The actions, in order. */
    public List<String> asked() {
        return asked;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(parameter(body, "Action"));
        String code =
                isSigned(exchange, body) ? refusals.isEmpty() ? null : refusals.remove(0) : "SignatureDoesNotMatch";
        byte[] answer = (code == null ? answer(body) : error(code)).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code == null ? 200 : 400, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String error(String code) {
        return "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + code
                + " it says</Message></Error><RequestId>1</RequestId></ErrorResponse>";
    }

    private String answer(String body) {
        String action = parameter(body, "Action");
        return "<" + action + "Response xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><" + action + "Result>"
                + result(action, body)
                + "</" + action + "Result></" + action + "Response>";
    }

    private String result(String action, String body) {
        return switch (action) {
            case "DescribeDBClusters" -> clusters();
            case "DescribeDBProxyEndpoints" ->
                "<DBProxyEndpoints><member><DBProxyName>front</DBProxyName></member></DBProxyEndpoints>";
            case "DescribeDBProxies" -> proxy(parameter(body, "DBProxyName"));
            default -> {
                String one = parameter(body, "DBInstanceIdentifier");
                yield one == null ? instances(parameter(body, "Marker")) : instance(one);
            }
        };
    }

    private static String proxy(String name) {
        return "<DBProxies><member><DBProxyName>" + name
                + "</DBProxyName><DBProxyArn>arn:aws:rds:eu-west-1:123456789012:db-proxy:prx-0" + name
                + "</DBProxyArn></member></DBProxies>";
    }

    private String instance(String name) {
        return "<DBInstances><DBInstance><DBInstanceIdentifier>" + name + "</DBInstanceIdentifier><DbiResourceId>db-OF"
                + name.replace("-", "").toUpperCase(Locale.ROOT) + "</DbiResourceId>"
                + (isOfTheCluster(name) ? OF_THE_CLUSTER : "") + "</DBInstance></DBInstances>";
    }

    private boolean isOfTheCluster(String instance) {
        return rds.nodes().stream().anyMatch(node -> node.name().equals(instance));
    }

    private String clusters() {
        StringBuilder members = new StringBuilder();
        for (Node node : rds.nodes()) {
            members.append("<DBClusterMember><IsClusterWriter>")
                    .append(node.isWriter())
                    .append("</IsClusterWriter><DBInstanceIdentifier>")
                    .append(node.name())
                    .append("</DBInstanceIdentifier></DBClusterMember>");
        }
        return "<DBClusters><DBCluster><DbClusterResourceId>cluster-OFORDERS</DbClusterResourceId><DBClusterMembers>"
                + members + "</DBClusterMembers></DBCluster></DBClusters>";
    }

    /** Each in one of its own. */
    String zone(Node node) {
        return rds.region() + (char) ('a' + rds.nodes().indexOf(node));
    }

    private String instances(String marker) {
        int page = marker == null ? 0 : Integer.parseInt(marker);
        Node node = rds.nodes().get(page);
        return "<DBInstances><DBInstance><DBInstanceIdentifier>" + node.name()
                + "</DBInstanceIdentifier><DBInstanceStatus>available</DBInstanceStatus><AvailabilityZone>" + zone(node)
                + "</AvailabilityZone><Endpoint><Address>"
                + node.host() + "</Address><Port>" + node.port() + "</Port></Endpoint></DBInstance></DBInstances>"
                + (page + 1 < rds.nodes().size() ? "<Marker>" + (page + 1) + "</Marker>" : "");
    }

    private static String parameter(String body, String name) {
        for (String pair : body.split("&")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    /** Signs the same again, at the same second. */
    private boolean isSigned(HttpExchange exchange, String body) {
        Instant at = DATE.parse(exchange.getRequestHeaders().getFirst("X-Amz-Date"), Instant::from);
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create(url()))
                .encodedPath("/")
                .putHeader("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                .putHeader("Content-Length", exchange.getRequestHeaders().getFirst("Content-Length"))
                .build();
        String expected = AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsBasicCredentials.create(
                                rds.key().id(), rds.key().secret()))
                        .request(plain)
                        .payload(() -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rds")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, rds.region()))
                .request()
                .firstMatchingHeader("Authorization")
                .orElseThrow();
        return expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
