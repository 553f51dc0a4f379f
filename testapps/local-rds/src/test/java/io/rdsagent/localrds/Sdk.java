package io.rdsagent.localrds;

import java.lang.reflect.Constructor;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;
import software.amazon.awssdk.services.rds.model.GenerateAuthenticationTokenRequest;

/** Tokens as the AWS SDK makes them, also those of the past. */
final class Sdk {

    private Sdk() {}

    static String token(AwsKey key, String region, String host, int port, String user) {
        return sign(
                RdsUtilities.builder()
                        .region(Region.of(region))
                        .credentialsProvider(provider(key))
                        .build(),
                host,
                port,
                user);
    }

    /** A token that was signed then; the SDK's own clock can only be set by its package-private constructor. */
    static String tokenOf(Instant then, AwsKey key, String region, String host, int port, String user) {
        try {
            Class<?> type = Class.forName("software.amazon.awssdk.services.rds.DefaultRdsUtilities");
            Class<?> builder = Class.forName("software.amazon.awssdk.services.rds.DefaultRdsUtilities$DefaultBuilder");
            Constructor<?> constructor = type.getDeclaredConstructor(builder, Clock.class);
            constructor.setAccessible(true);
            Object settings = RdsUtilities.builder().region(Region.of(region)).credentialsProvider(provider(key));
            return sign(
                    (RdsUtilities) constructor.newInstance(settings, Clock.fixed(then, ZoneOffset.UTC)),
                    host,
                    port,
                    user);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("This version of the AWS SDK has no DefaultRdsUtilities with a clock.", e);
        }
    }

    private static String sign(RdsUtilities utilities, String host, int port, String user) {
        return utilities.generateAuthenticationToken(GenerateAuthenticationTokenRequest.builder()
                .hostname(host)
                .port(port)
                .username(user)
                .build());
    }

    private static AwsCredentialsProvider provider(AwsKey key) {
        AwsCredentials credentials = key.sessionToken().isPresent()
                ? AwsSessionCredentials.create(
                        key.id(), key.secret(), key.sessionToken().get())
                : AwsBasicCredentials.create(key.id(), key.secret());
        return StaticCredentialsProvider.create(credentials);
    }
}
