package io.rdsagent.core;

import java.util.Map;
import java.util.TreeMap;

/** What the command line may ask of an agent at work, by name. An answer is {@code ok} or {@code error}, and lines. */
final class Orders {

    /** One of them. */
    interface Order {
        /**
         * @param argument what follows the name; empty when nothing does
         * @return lines for a person or a program
         * @throws IllegalArgumentException when the argument is no good; its message says what would be
         */
        String carryOut(String argument);
    }

    private final Map<String, Order> byName = new TreeMap<>();

    void add(String name, Order order) {
        byName.put(name, order);
    }

    String answer(String order) {
        int space = order.indexOf(' ');
        String name = space < 0 ? order : order.substring(0, space);
        Order known = byName.get(name);
        if (known == null) {
            return "error\nThe agent in that JVM is of another version and does not know `" + name + "`. It knows: "
                    + String.join(", ", byName.keySet()) + ".";
        }
        try {
            return "ok\n" + known.carryOut(space < 0 ? "" : order.substring(space + 1));
        } catch (IllegalArgumentException noGood) {
            return "error\n" + noGood.getMessage();
        }
    }
}
