package io.gatehouse.gateway.relay;

import org.jspecify.annotations.Nullable;

/**
 * Header names and beginnings of names as a tree of their characters, in which every sign is the same sign and case
 * does not count. A name is compared with all of them at once, up to where it differs from each, and without making a
 * copy of it in the one spelling.
 */
final class NameTree {

    private static final int LETTERS = 26;
    private static final int SIGN = LETTERS + 10;

    private final Node root = new Node();

    private static final class Node {
        private final @Nullable Node[] next = new Node[SIGN + 1];
        private boolean endsName;
        private boolean endsPrefix;

        Node open(int branch) {
            Node known = next[branch];
            Node node = known == null ? new Node() : known;
            next[branch] = node;
            return node;
        }
    }

    void addName(String name) {
        leaf(name).endsName = true;
    }

    /** From now on every name is known that begins so. */
    void addPrefix(String prefix) {
        leaf(prefix).endsPrefix = true;
    }

    boolean contains(String name) {
        Node node = root;
        for (int at = 0; at < name.length() && node != null && !node.endsPrefix; at++) {
            node = node.next[branch(name.charAt(at))];
        }
        return node != null && (node.endsPrefix || node.endsName);
    }

    private Node leaf(String name) {
        Node node = root;
        for (int at = 0; at < name.length(); at++) {
            node = node.open(branch(name.charAt(at)));
        }
        return node;
    }

    private static int branch(char character) {
        char lower = (char) (character | 0x20);
        if (lower >= 'a' && lower <= 'z') {
            return lower - 'a';
        }
        return character >= '0' && character <= '9' ? LETTERS + character - '0' : SIGN;
    }
}
