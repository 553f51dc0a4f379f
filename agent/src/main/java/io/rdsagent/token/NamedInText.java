package io.rdsagent.token;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.services.sso.auth.SsoProfileCredentialsProviderFactory;
import software.amazon.awssdk.services.ssooidc.SsoOidcProfileTokenProviderFactory;
import software.amazon.awssdk.services.sts.internal.StsProfileCredentialsProviderFactory;
import software.amazon.awssdk.services.sts.internal.StsWebIdentityCredentialsProviderFactory;

/**
 * What the SDK's default credential chain loads by a name in a string. Never run: it is here for the build, which
 * bundles what can be reached from our own classes.
 */
final class NamedInText {

    static final List<Class<?>> CLASSES = Collections.unmodifiableList(Arrays.asList(
            SsoProfileCredentialsProviderFactory.class,
            SsoOidcProfileTokenProviderFactory.class,
            StsProfileCredentialsProviderFactory.class,
            StsWebIdentityCredentialsProviderFactory.class));

    private NamedInText() {}
}
