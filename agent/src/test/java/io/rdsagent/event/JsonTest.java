package io.rdsagent.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

class JsonTest {

    @Property
    void anyTextIsWrittenSoThatItReadsTheSameAndEndsNoScript(@ForAll String text) {
        String json = new Json().with("text", text).toString();

        assertThat(json).matches("[\\x20-\\x7e]*").doesNotContain("<");
        assertThat(JsonNode.parser().parse(json).field("text").orElseThrow().asString())
                .isEqualTo(text);
    }

    @Example
    void objectsAndListsAreWrittenWithAllThatIsInThem() {
        Json inner = new Json().with("up", true).with("age", null).withPresent("pool", null);

        assertThat(new Json()
                        .with("count", 3)
                        .with("all", Arrays.asList(inner, 1.5, "x"))
                        .with("none", List.of())
                        .withAll(new Json().with("more", new Json())))
                .hasToString("{\"count\":3,\"all\":[{\"up\":true,\"age\":null},1.5,\"x\"],\"none\":[],\"more\":{}}");
    }
}
