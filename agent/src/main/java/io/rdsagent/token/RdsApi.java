package io.rdsagent.token;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.protocols.query.unmarshall.XmlDomParser;
import software.amazon.awssdk.protocols.query.unmarshall.XmlElement;

/**
 * The RDS API, as far as it is needed: two questions. With the SDK's own client for it the agent would be nearly twice as
 * big, since that names every operation there is; so the question is put by hand, and the SDK signs and sends it.
 */
public final class RdsApi {

    private static final String VERSION = "2014-10-31";
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final SdkSigner signer;
    private final UnaryOperator<String> environment;

    /** @param environment null for a variable that is not there */
    public RdsApi(SdkSigner signer, UnaryOperator<String> environment) {
        this.signer = signer;
        this.environment = environment;
    }

    /**
     * Waits for the answer, for seconds at most.
     *
     * @param parameters of the action, in its order
     * @return what is in the answer's {@code …Result}
     */
    public RdsAnswer ask(Identity identity, String region, String action, Map<String, String> parameters)
            throws RdsApiException {
        AtomicReference<RdsAnswer> answer = new AtomicReference<>();
        try {
            SdkLoader.run(() -> {
                try {
                    answer.set(send(signer.credentials(identity, region), region, body(action, parameters)));
                } catch (IOException silent) {
                    throw new Silent(silent);
                }
            });
        } catch (Silent silent) {
            throw new RdsApiException("Silent", String.valueOf(silent.getCause().getMessage()));
        } catch (SdkException noCredentials) {
            TokenException explained = SdkFailure.of(noCredentials, identity);
            throw new RdsApiException("Credentials", explained.getMessage());
        }
        return answer.get();
    }

    private RdsAnswer send(AwsCredentials credentials, String region, byte[] body) throws IOException {
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint(region))
                .encodedPath("/")
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .putHeader("Content-Length", String.valueOf(body.length))
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(credentials)
                        .request(plain)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rds")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        try (SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(ANSWER)
                .build()) {
            HttpExecuteResponse response = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(() -> new ByteArrayInputStream(body))
                            .build())
                    .call();
            try (InputStream in =
                    response.responseBody().orElseThrow(() -> new IOException("an answer without a body"))) {
                return read(response.httpResponse().statusCode(), XmlDomParser.parse(in));
            }
        }
    }

    private static RdsAnswer read(int status, XmlElement root) {
        RdsAnswer answer = new RdsAnswer(root);
        if (status == OK && root.children().size() > 0) {
            return new RdsAnswer(root.children().get(0));
        }
        RdsAnswer error = answer.one("Error");
        throw new RdsApiException(
                error == null ? "Status " + status : error.text("Code"),
                error == null ? "no reason is given" : firstLine(error.text("Message")));
    }

    /** After a refused signature the others are the canonical request, which holds the session token. */
    private static String firstLine(String message) {
        return message == null ? "no reason is given" : message.trim().split("\\R", 2)[0];
    }

    private static byte[] body(String action, Map<String, String> parameters) throws UnsupportedEncodingException {
        StringBuilder body = new StringBuilder("Action=" + action + "&Version=" + VERSION);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            body.append('&')
                    .append(parameter.getKey())
                    .append('=')
                    .append(URLEncoder.encode(parameter.getValue(), "UTF-8"));
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As the SDK has it: another place may be named for this service, or for all. */
    private URI endpoint(String region) {
        String named = environment.apply("AWS_ENDPOINT_URL_RDS");
        named = named == null ? environment.apply("AWS_ENDPOINT_URL") : named;
        return URI.create(
                named != null
                        ? named
                        : "https://rds." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : ""));
    }

    private static final class Silent extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Silent(IOException cause) {
            super(cause);
        }
    }
}
