package io.gatehouse.emulator.page;

import io.gatehouse.emulator.http.Html;

/** One card in the middle of the page, light or dark as the browser prefers; nothing is loaded from elsewhere. */
public final class Layout {

    private static final String STYLE = """
        :root { color-scheme: light dark; --ink: #1c1b1f; --faint: #5f5b66; --line: #c9c5d0; --card: #fff;
          --ground: #f1eff5; --brand: #5d34f2; --on-brand: #fff; --bad: #a3182b; --bad-ground: #fdecee; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #eae6f0; --faint: #b0abba; --line: #4b4753; --card: #211f26; --ground: #141218;
            --brand: #a893ff; --on-brand: #1b1238; --bad: #ffb3ba; --bad-ground: #43191f; } }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
          background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
        main { width: 100%; max-width: 24rem; background: var(--card); border: 1px solid var(--line);
          border-radius: 0.75rem; padding: 2rem; }
        h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 1.25rem; }
        .product { margin: 0 0 0.5rem; color: var(--faint); font-size: 0.875rem; }
        label { display: block; font-weight: 600; font-size: 0.9375rem; margin-bottom: 1rem; }
        input { display: block; width: 100%; margin-top: 0.25rem; padding: 0.625rem 0.75rem; font: inherit;
          color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 0.5rem; }
        button { width: 100%; padding: 0.6875rem; font: inherit; font-weight: 600; cursor: pointer;
          color: var(--on-brand); background: var(--brand); border: 1px solid var(--brand);
          border-radius: 0.5rem; }
        button.plain { margin-top: 0.75rem; color: inherit; background: transparent; border-color: var(--line); }
        :focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
        a { color: var(--brand); }
        nav { margin-top: 1.25rem; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; font-size: 0.9375rem; }
        [role=alert] { margin: 0 0 1rem; padding: 0.625rem 0.75rem; border-radius: 0.5rem;
          color: var(--bad); background: var(--bad-ground); }
        [hidden] { display: none; }
        """;

    private Layout() {}

    /**
     * A whole page.
     *
     * @param product who is speaking, shown above the title
     * @param content HTML, already escaped
     */
    public static String page(String product, String title, String content) {
        return head(product, title) + """
            <body>
              <main>
                <p class="product">%s</p>
                <h1>%s</h1>
            %s
              </main>
            </body>
            </html>
            """.formatted(Html.escape(product), Html.escape(title), content);
    }

    private static String head(String product, String title) {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="UTF-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>%s – %s</title>
              <link rel="icon" href="data:,">
              <style>
            %s  </style>
            </head>
            """.formatted(Html.escape(title), Html.escape(product), STYLE);
    }

    /** The sentence a screen reader says at once; nothing for an empty one. */
    public static String alert(String sentence) {
        return sentence.isEmpty() ? "" : "<p role=\"alert\">" + Html.escape(sentence) + "</p>";
    }
}
