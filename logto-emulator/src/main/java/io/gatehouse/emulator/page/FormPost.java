package io.gatehouse.emulator.page;

import io.gatehouse.emulator.http.Html;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A page whose form submits itself, or by its one button where scripts are off. */
public final class FormPost {

    private static final String HEAD = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="UTF-8">
          <title>Submitting Callback</title>
          <script>
            document.addEventListener('DOMContentLoaded', function () { document.forms[0].submit() });
          </script>
        </head>
        """;

    private FormPost() {}

    /**
     * The page.
     *
     * @param fields hidden fields; a name may occur several times
     */
    public static String page(String action, List<Map.Entry<String, String>> fields) {
        String inputs = fields.stream()
                .map(it -> "<input type=\"hidden\" name=\"%s\" value=\"%s\"/>"
                        .formatted(Html.escape(it.getKey()), Html.escape(it.getValue())))
                .collect(Collectors.joining("\n    "));
        return HEAD + """
            <body>
              <form method="post" action="%s">
                %s
                <noscript>
                  Your browser does not support JavaScript or you've disabled it.<br/>
                  <button autofocus type="submit">Continue</button>
                </noscript>
              </form>
            </body>
            </html>
            """.formatted(Html.escape(action), inputs);
    }
}
