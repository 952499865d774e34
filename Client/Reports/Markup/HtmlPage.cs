using System.Security.Cryptography;
using System.Text;

namespace DistGan.Client.Reports.Markup;

/// <summary>
/// A page in one file. Its content security policy allows pictures inside the page and the program's own style and script, known by
/// their hashes, and nothing else: no request leaves the page, whatever a run folder contains.
/// </summary>
public static class HtmlPage
{
    /// <summary>The whole document.</summary>
    /// <param name="title">Title of the window.</param>
    /// <param name="style">CSS.</param>
    /// <param name="script">JavaScript; the page is complete without it.</param>
    /// <param name="body">What the page shows.</param>
    public static string Write(string title, string style, string script, params IEnumerable<Html?> body)
    {
        var policy = $"default-src 'none'; img-src data:; style-src {Hash(style)}; script-src {Hash(script)}; base-uri 'none'; form-action 'none'";
        var head = Html.Of("head").Add(
            Html.Of("meta").With("charset", "utf-8"),
            Html.Of("meta").With("http-equiv", "Content-Security-Policy").With("content", policy),
            Html.Of("meta").With("name", "viewport").With("content", "width=device-width, initial-scale=1"),
            Html.Of("meta").With("name", "color-scheme").With("content", "light dark"),
            Html.Of("link").With("rel", "icon").With("href", "data:,"),
            Html.Of("title").Add(title),
            Html.Raw("style", style));
        var page = Html.Of("html").With("lang", "en").Add(head, Html.Of("body").Add(body).Add(Html.Raw("script", script)));
        return $"<!DOCTYPE html>\n{page}\n";
    }

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";
}
