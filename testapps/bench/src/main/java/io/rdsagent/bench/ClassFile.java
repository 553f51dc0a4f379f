package io.rdsagent.bench;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * As much of a class file as tells which methods of two versions differ (JVMS 4). Methods are compared to the byte,
 * which is fair while the second version kept the first one's constants and appended its own.
 */
final class ClassFile {

    private final byte[] bytes;
    private final int[] constants;
    private final Map<String, byte[]> methods = new TreeMap<>();
    private final byte[] shape;
    private int at = 8;

    static ClassFile parse(byte[] bytes) {
        return new ClassFile(bytes);
    }

    private ClassFile(byte[] bytes) {
        this.bytes = bytes;
        constants = new int[u2()];
        for (int i = 1; i < constants.length; i++) {
            constants[i] = at;
            // A long or a double takes the place of two.
            i += skipConstant();
        }
        int shapeBegins = at;
        at += 6;
        int interfaces = u2();
        at += 2 * interfaces;
        for (int fields = u2(); fields > 0; fields--) {
            skipMember();
        }
        shape = Arrays.copyOfRange(bytes, shapeBegins, at);
        for (int count = u2(); count > 0; count--) {
            int begin = at;
            String name = text(begin + 2) + text(begin + 4);
            skipMember();
            methods.put(name, Arrays.copyOfRange(bytes, begin, at));
        }
    }

    /** Names of methods, with their descriptors; "its shape" where more than methods differs. */
    List<String> differences(ClassFile other) {
        List<String> names = new ArrayList<>();
        if (!Arrays.equals(shape, other.shape) || !methods.keySet().equals(other.methods.keySet())) {
            names.add("its shape");
        }
        for (Map.Entry<String, byte[]> method : methods.entrySet()) {
            byte[] others = other.methods.get(method.getKey());
            if (others != null && !Arrays.equals(method.getValue(), others)) {
                names.add(method.getKey().replaceAll("\\(.*", ""));
            }
        }
        return names.stream().distinct().toList();
    }

    private int u2() {
        at += 2;
        return number(at - 2);
    }

    private int number(int place) {
        return (bytes[place] & 0xff) << 8 | (bytes[place + 1] & 0xff);
    }

    private String text(int place) {
        int constant = constants[number(place)] + 1;
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(bytes, constant, bytes.length - constant))) {
            return in.readUTF();
        } catch (IOException e) {
            throw new IllegalArgumentException("A class file that ends within a name", e);
        }
    }

    private int skipConstant() {
        int tag = bytes[at++];
        switch (tag) {
            case 1 -> at += 2 + number(at);
            case 5, 6 -> {
                at += 8;
                return 1;
            }
            case 7, 8, 16, 19, 20 -> at += 2;
            case 15 -> at += 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 4;
            default -> throw new IllegalArgumentException("No constant of a class file has the tag " + tag);
        }
        return 0;
    }

    private void skipMember() {
        at += 6;
        for (int attributes = u2(); attributes > 0; attributes--) {
            at += 2;
            int length = number(at) << 16 | number(at + 2);
            at += 4 + length;
        }
    }
}
