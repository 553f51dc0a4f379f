package io.rdsagent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The plan of the house: packages point downwards only. */
class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.rdsagent");

    @Test
    void eachPackageKnowsOnlyWhatLiesBelowIt() {
        ArchRule rule = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.rdsagent..")
                .layer("config")
                .definedBy("..rdsagent.config..")
                .layer("event")
                .definedBy("..rdsagent.event..")
                .layer("weave")
                .definedBy("..rdsagent.weave..")
                .layer("tls")
                .definedBy("..rdsagent.tls..")
                .layer("token")
                .definedBy("..rdsagent.token..")
                .layer("endpoint")
                .definedBy("..rdsagent.endpoint..")
                .layer("lease")
                .definedBy("..rdsagent.lease..")
                .layer("driver")
                .definedBy("..rdsagent.driver..")
                .layer("pool")
                .definedBy("..rdsagent.pool..")
                .layer("connect")
                .definedBy("..rdsagent.connect..")
                .layer("observe")
                .definedBy("..rdsagent.observe..")
                .layer("core")
                .definedBy("..rdsagent.core..")
                .layer("cli")
                .definedBy("..rdsagent.cli..")
                .whereLayer("config")
                .mayNotAccessAnyLayer()
                .whereLayer("event")
                .mayNotAccessAnyLayer()
                .whereLayer("weave")
                .mayNotAccessAnyLayer()
                .whereLayer("tls")
                .mayNotAccessAnyLayer()
                .whereLayer("token")
                .mayNotAccessAnyLayer()
                .whereLayer("endpoint")
                .mayOnlyAccessLayers("config", "event")
                .whereLayer("lease")
                .mayOnlyAccessLayers("config", "event", "endpoint")
                .whereLayer("driver")
                .mayOnlyAccessLayers("config", "event", "endpoint", "tls", "weave")
                .whereLayer("pool")
                .mayOnlyAccessLayers("config", "event", "lease", "weave")
                .whereLayer("connect")
                .mayOnlyAccessLayers("config", "event", "driver", "token", "tls", "endpoint", "lease", "weave")
                .whereLayer("observe")
                .mayOnlyAccessLayers("config", "event")
                .whereLayer("observe")
                .mayOnlyBeAccessedByLayers("core")
                .whereLayer("cli")
                .mayOnlyAccessLayers("config", "event", "connect", "driver", "token", "tls", "endpoint")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("core")
                .mayNotBeAccessedByAnyLayer();
        rule.check(CORE);
    }

    @Test
    void noTwoPackagesKnowEachOther() {
        slices().matching("io.rdsagent.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void theDoorKnowsTheJdkAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.io", "java.lang..", "java.net", "java.security", "java.util..", "io.rdsagent.launcher")
                .check(new ClassFileImporter().importPath(Path.of("target", "launcher")));
    }

    @Test
    void theSdkIsKnownToTokensAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..rdsagent.token..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(CORE);
    }

    @Test
    void micrometerIsKnownToObserversAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..rdsagent.observe..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(CORE);
    }

    @Test
    void asmIsKnownToTheWeaverAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..rdsagent.weave..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.bytebuddy..")
                .check(CORE);
    }

    @Test
    void theParserOfTheCommandLineIsKnownToItAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..rdsagent.cli..", "..rdsagent.localrds..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CORE);
    }

    @Test
    void nothingStaticChanges() {
        noFields().that().areStatic().should().notBeFinal().check(CORE);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameContaining("Util")
                .check(CORE);
    }
}
