package io.rdsagent.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class SdkFailureTest {

    private static final String NOT_SET_UP = "Unable to load credentials from any of the providers in the chain"
            + " AwsCredentialsProviderChain(credentialsProviders=[SystemPropertyCredentialsProvider()]) :"
            + " [SystemPropertyCredentialsProvider(): Unable to load credentials from system settings. Access key must be"
            + " specified., ProfileCredentialsProvider(profileName=default, profileFile=ProfileFile(sections=[profiles])):"
            + " Profile file contained no credentials for profile 'default': ProfileFile(sections=[])";

    @Test
    void whatIsSetUpButFailsIsKeptAndTheRestOfThePageIsNot() {
        assertThat(said(NOT_SET_UP
                        + ", ContainerCredentialsProvider(): Failed to load credentials from metadata service."
                        + " More of it., InstanceProfileCredentialsProvider(): Connect timed out.]"))
                .isEqualTo(
                        "No AWS credentials from the default credentials: ContainerCredentialsProvider says: Failed to"
                                + " load credentials from metadata service; InstanceProfileCredentialsProvider says: Connect"
                                + " timed out.");
    }

    @Test
    void anotherProfileThanTheDefaultOneIsNews() {
        assertThat(said(NOT_SET_UP.replace("'default'", "'prod'") + "]"))
                .endsWith("ProfileCredentialsProvider says: Profile file contained no credentials for profile 'prod'.");
    }

    @Test
    void aMessageWithoutAChainIsCutAfterItsFirstSentence() {
        assertThat(said("Token is expired. Signature was abc")).endsWith(": Token is expired.");
        assertThat(said("Line one\nline two")).endsWith(": Line one.");
    }

    private static String said(String message) {
        return SdkFailure.of(SdkClientException.create(message), Identity.DEFAULT)
                .what();
    }
}
