package io.rdsagent.bench.program;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/** The least that an agent can be: it sees every class and changes none. */
public final class NothingAgent implements ClassFileTransformer {

    public static void premain(String argument, Instrumentation instrumentation) {
        instrumentation.addTransformer(new NothingAgent());
    }

    @Override
    public byte[] transform(ClassLoader owner, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
        return null;
    }
}
