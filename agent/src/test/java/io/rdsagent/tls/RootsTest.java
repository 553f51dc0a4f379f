package io.rdsagent.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;

class RootsTest {

    /**
     * Regions that the SDK knows and the bundle does not: databases there need {@code tls.ca}. When this fails, a region
     * is new (add it, and say so in the manual) or has got its roots (run scripts/rds-roots, and take it away).
     */
    private static final Set<String> WITHOUT_ROOTS = Set.of(
            "ap-east-2",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-west-1",
            "cn-north-1",
            "cn-northwest-1",
            "il-central-1",
            "mx-central-1");

    @ParameterizedTest
    @MethodSource("rootsOfAllRegions")
    void aRootIsAmazonsSignsItselfMaySignOthersAndLastsForAYear(X509Certificate root) throws Exception {
        root.verify(root.getPublicKey());
        root.checkValidity(Date.from(Instant.now().plus(Duration.ofDays(365))));
        assertThat(root.getBasicConstraints()).isNotNegative();
        assertThat(root.getKeyUsage()[5]).as("keyCertSign").isTrue();
        assertThat(root.getSubjectX500Principal()).isEqualTo(root.getIssuerX500Principal());
        assertThat(root.getSubjectX500Principal().getName())
                .contains("CN=Amazon RDS ", "O=Amazon Web Services\\, Inc.");
    }

    @ParameterizedTest
    @MethodSource("proxies")
    void aRootOfProxiesSignsItselfAndLastsForAYear(X509Certificate root) throws Exception {
        root.verify(root.getPublicKey());
        root.checkValidity(Date.from(Instant.now().plus(Duration.ofDays(365))));
    }

    @ParameterizedTest
    @MethodSource("regions")
    void aRegionHasItsOwnThreeRootsAndNobodyElses(String region) {
        assertThat(Roots.of(region))
                .extracting(root -> root.getSubjectX500Principal().getName().replaceAll(".*CN=([^,]*).*", "$1"))
                .extracting(name -> name.replace("Beta ", "beta-").replace("Preview ", "preview-"))
                .containsExactlyInAnyOrder(
                        "Amazon RDS " + region + " Root CA ECC384 G1",
                        "Amazon RDS " + region + " Root CA RSA2048 G1",
                        "Amazon RDS " + region + " Root CA RSA4096 G1");
    }

    @Test
    void theRegionsOfTheSdkHaveRootsExceptThoseListed() {
        Set<String> without = new TreeSet<>();
        for (Region region : Region.regions()) {
            String partition = region.metadata().partition().id();
            boolean ours = partition.equals("aws") || partition.equals("aws-cn");
            if (ours && !region.isGlobalRegion() && !Roots.regions().contains(region.id())) {
                without.add(region.id());
            }
        }
        assertThat(without).isEqualTo(new TreeSet<>(WITHOUT_ROOTS));
    }

    @Test
    void aRegionThatTheBundleDoesNotKnowIsTrustedThroughAllRoots() {
        assertThat(Roots.of("mars-north-1")).isEqualTo(Roots.ofAllRegions());
        assertThat(Roots.ofAllRegions()).hasSize(3 * Roots.regions().size());
    }

    @Test
    void aRegionWithoutRootsCanBeToldBeforeAnybodyConnects() {
        assertThat(Trust.hasRdsRoots("eu-west-1")).isTrue();
        assertThat(Trust.hasRdsRoots("mars-north-1")).isFalse();
    }

    @Test
    void everyRegionCanBeTrusted() {
        assertThat(Trust.rdsRoots("eu-west-1").roots()).hasSize(3);
        assertThat(Trust.rdsRoots().roots()).isEqualTo(Roots.ofAllRegions());
        assertThat(Trust.proxyRoots().roots()).isEqualTo(Roots.ofProxies()).isNotEmpty();
    }

    static List<X509Certificate> rootsOfAllRegions() {
        return new ArrayList<>(Roots.ofAllRegions());
    }

    static List<X509Certificate> proxies() {
        return Roots.ofProxies();
    }

    static Stream<String> regions() {
        return Roots.regions().stream();
    }
}
