package io.rdsagent.core;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import java.util.function.Function;

/** What the door has of the core: it weaves classes, and answers the orders of the command line. */
final class AtWork implements ClassFileTransformer, Function<String, String> {

    private final ClassFileTransformer weaver;
    private final Orders orders;

    AtWork(ClassFileTransformer weaver, Orders orders) {
        this.weaver = weaver;
        this.orders = orders;
    }

    @Override
    public byte[] transform(ClassLoader owner, String className, Class<?> loaded, ProtectionDomain domain, byte[] bytes)
            throws IllegalClassFormatException {
        return weaver.transform(owner, className, loaded, domain, bytes);
    }

    @Override
    public String apply(String order) {
        return orders.answer(order);
    }
}
