package io.rdsagent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/B",
                "a/B connect ()V built",
                "a/B connect ()V built hook one-too-many",
                "a/B connect ()V wrapped hook",
                "a/B connect ()V Built hook",
                "a/B connect (I)V argument hook",
                "a/B connect (I)V argument:first hook",
                "a/B connect (I)V argument:-1 hook",
                "a/B connect (Ljava/lang/Object;)V argument:1 hook"
            })
    void aRowThatSaysNotWhatIsToBeDoneIsRefused(String row) {
        assertThatIllegalArgumentException().isThrownBy(() -> Target.parse(0, row));
    }

    @Test
    void aQuestionMarkBehindTheHookSaysThatAnotherRowDoesAsWell() {
        assertThat(Target.parse(0, "a/B open ()V built first?")).satisfies(target -> {
            assertThat(target.hook).isEqualTo("first");
            assertThat(target.optional).isTrue();
        });
        assertThat(Target.parse(0, "a/B open ()V built first").optional).isFalse();
    }

    @Test
    void aRowIsReadInItsColumns() {
        Target target = Target.parse(7, "a/B open  (Ljava/lang/String;I)V argument:0 address ");

        assertThat(target.row).isEqualTo(7);
        assertThat(target.type).isEqualTo("a/B");
        assertThat(target.method).isEqualTo("open");
        assertThat(target.descriptor).isEqualTo("(Ljava/lang/String;I)V");
        assertThat(target.shape).isEqualTo(Shape.ARGUMENT);
        assertThat(target.argument).isZero();
        assertThat(target.hook).isEqualTo("address");
        assertThat(target).hasToString("a.B#open");
    }

    @Test
    void theRowsAreNumberedInTheOrderOfTheTable() throws IOException {
        Targets targets = Targets.read();

        assertThat(targets.rows()).isNotEmpty();
        for (int i = 0; i < targets.rows().size(); i++) {
            assertThat(targets.rows().get(i).row).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"built", "after", "instead", "guard", "result"})
    void aShapeThatAsksAboutNoArgumentTakesNone(String shape) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse(0, "a/B c (Ljava/lang/String;)V " + shape + ":0 hook"))
                .withMessageContaining("names no argument");
    }

    @Test
    void everyRowOfTheTableFitsItsMethod() throws IOException {
        for (Target target : Targets.read().rows()) {
            assertThat(fits(target)).as(target + " " + target.shape).isTrue();
        }
    }

    private static boolean fits(Target target) {
        Type returned = Type.getReturnType(target.descriptor);
        return switch (target.shape) {
            case INSTEAD, RESULT, MADE, GUARD -> returned.getSort() >= Type.ARRAY;
            case ARGUMENT, CHECK ->
                target.argument < 0
                        || Type.getArgumentTypes(target.descriptor)[target.argument].getSort() == Type.OBJECT;
            case BUILT -> target.method.equals("<init>");
            case AFTER -> !target.method.equals("<init>");
            case OR_PAST, UNLESS_PAST -> returned.equals(Type.BOOLEAN_TYPE);
        };
    }

    @Test
    void noRowIsThereTwice() throws IOException {
        Set<String> places = Targets.read().rows().stream()
                .map(target -> target + target.descriptor + target.shape + target.argument + target.hook)
                .collect(Collectors.toSet());

        assertThat(places).hasSameSizeAs(Targets.read().rows());
    }

    @Test
    void aDriverIsWhereTheApplicationsWishArrives() throws IOException {
        Targets targets = Targets.read();

        assertThat(targets.isDriver("org.postgresql.Driver")).isTrue();
        assertThat(targets.isDriver("org.postgresql.jdbc.PgConnection")).isFalse();
        assertThat(targets.isDriver("com.zaxxer.hikari.pool.PoolEntry")).isFalse();
        assertThat(targets.isDriver("java.lang.String")).isFalse();
    }

    @Test
    void aPackageUnderAnotherNameHasTheRowsOfTheKnownOneAndItsTypesInTheirDescriptors() throws IOException {
        Targets targets = Targets.read().with(Map.of("com.vendor.pg", "org.postgresql"));

        assertThat(targets.isDriver("com.vendor.pg.Driver")).isTrue();
        assertThat(targets.isDriver("org.postgresql.Driver")).isTrue();
        assertThat(targets.of("com/vendor/pg/core/v3/ConnectionFactoryImpl"))
                .hasSameSizeAs(targets.of("org/postgresql/core/v3/ConnectionFactoryImpl"))
                .allSatisfy(row -> assertThat(row.descriptor)
                        .startsWith("(Lcom/vendor/pg/core/PGStream;Ljava/lang/String;")
                        .doesNotContain("org/postgresql"));
        for (int i = 0; i < targets.rows().size(); i++) {
            assertThat(targets.rows().get(i).row).isEqualTo(i);
        }
    }

    @Test
    void aClassUnderAnotherNameHasItsRowsAlone() throws IOException {
        Targets targets = Targets.read().with(Map.of("com.vendor.MyDriver", "org.postgresql.Driver"));

        assertThat(targets.isDriver("com.vendor.MyDriver")).isTrue();
        assertThat(targets.rows()).hasSize(Targets.read().rows().size() + 1);
    }

    @Test
    void noPlaceIsThereTwiceHoweverOftenItIsNamed() throws IOException {
        Targets targets = Targets.read()
                .with(Map.of(
                        "a.pg",
                        "org.postgresql",
                        "a.pg.core",
                        "org.postgresql.core",
                        "org.postgresql",
                        "org.postgresql"));

        assertThat(targets.of("a/pg/Driver")).hasSize(1);
        assertThat(targets.rows().stream().map(row -> row + row.descriptor + row.hook))
                .doesNotHaveDuplicates();
        assertThat(targets.of("org/postgresql/core/PGStream"))
                .hasSameSizeAs(Targets.read().of("org/postgresql/core/PGStream"));
    }

    @Test
    void aNameThatOnlyBeginsTheSameIsNotMeant() throws IOException {
        assertThat(Targets.read().with(Map.of("com.vendor", "org.postgre")).rows())
                .hasSameSizeAs(Targets.read().rows());
    }

    @Test
    void aClassThatIsNotInTheTableHasNoRows() throws IOException {
        assertThat(Targets.read().of("java/lang/String")).isEmpty();
        assertThat(Targets.read().of("org/postgresql/Driver")).hasSize(1);
    }
}
