package io.rdsagent.bench;

import java.io.IOException;

/** One question that is answered in ratios. */
interface Bench {

    /** What a person types to run it alone. */
    String name();

    Section run(Lab lab) throws IOException;
}
