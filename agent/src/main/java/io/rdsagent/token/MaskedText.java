package io.rdsagent.token;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A secret that is kept for minutes, so that neither a search through a heap dump nor a tool that shows strings comes
 * upon it. It is no cipher: who knows where to look finds the mask as well.
 */
final class MaskedText {

    private final byte[] mask;
    private final byte[] masked;

    MaskedText(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        mask = new byte[plain.length];
        ThreadLocalRandom.current().nextBytes(mask);
        masked = plain;
        apply(mask, masked);
    }

    /** A copy that is the caller's. */
    String text() {
        byte[] plain = masked.clone();
        apply(mask, plain);
        return new String(plain, StandardCharsets.UTF_8);
    }

    private static void apply(byte[] mask, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            text[i] ^= mask[i];
        }
    }
}
