package io.gatehouse.emulator.http;

/** Text made safe for HTML. */
public final class Html {

    private Html() {}

    /** Fit for element content and for attributes in double quotes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
