package io.rdsagent.localrds;

import java.util.Objects;
import java.util.Optional;

/**
 * An access key that may log in.
 *
 * @param id the access key id
 * @param secret the secret access key
 * @param sessionToken empty for the key of a user, present for temporary credentials
 */
public record AwsKey(String id, String secret, Optional<String> sessionToken) {

    /** Refuses nulls. */
    public AwsKey {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(sessionToken, "sessionToken");
    }

    /** Names the key by its id alone, which is no secret. */
    @Override
    public String toString() {
        return "AwsKey[" + id + "]";
    }
}
