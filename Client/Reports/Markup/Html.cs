using System.Text;

namespace DistGan.Client.Reports.Markup;

/// <summary>A piece of a page: an element with attributes and children, or text. Whatever is added as text is escaped when it is written.</summary>
public sealed class Html
{
    /// <summary>Elements without an end tag.</summary>
    private static readonly HashSet<string> Void = new(StringComparer.Ordinal) { "meta", "link", "img", "input", "br" };

    private readonly string? _tag;
    private readonly string? _text;
    private readonly bool _isRaw;
    private readonly List<(string Name, string Value)> _attributes = [];
    private readonly List<Html> _children = [];

    private Html(string? tag, string? text, bool isRaw) => (_tag, _text, _isRaw) = (tag, text, isRaw);

    /// <summary>An element.</summary>
    /// <param name="tag">Its name, a constant of the program.</param>
    /// <param name="classes">Its classes; null for none.</param>
    public static Html Of(string tag, string? classes = null)
    {
        var element = new Html(tag, null, false);
        return classes is null ? element : element.With("class", classes);
    }

    /// <summary>A style or script of the program's own, which HTML does not unescape.</summary>
    /// <exception cref="ArgumentException">It contains the beginning of an end tag.</exception>
    public static Html Raw(string tag, string content)
        => content.Contains("</", StringComparison.Ordinal)
            ? throw new ArgumentException($"The content of <{tag}> may not contain '</'.", nameof(content))
            : new Html(tag, content, true);

    public static Html FromString(string text) => new(null, text, false);

    public static implicit operator Html(string text) => FromString(text);

    /// <summary>Adds an attribute; null leaves it away.</summary>
    public Html With(string name, string? value)
    {
        if (value is not null)
        {
            _attributes.Add((name, value));
        }

        return this;
    }

    /// <summary>Adds a number as an attribute, with at most two decimals.</summary>
    public Html With(string name, double value) => With(name, value.ToString("0.##"));

    /// <summary>Adds children; null ones are left away.</summary>
    public Html Add(params IEnumerable<Html?> children)
    {
        _children.AddRange(children.OfType<Html>());
        return this;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    /// <summary>Text as HTML shows it unchanged, inside elements and quoted attributes; control characters become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\n' or '\t' => escaped.Append(letter),
                _ when char.IsControl(letter) => escaped.Append('\uFFFD'),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    private void Write(StringBuilder text)
    {
        if (_tag is null)
        {
            text.Append(Escape(_text!));
            return;
        }

        text.Append('<').Append(_tag);
        foreach (var (name, value) in _attributes)
        {
            text.Append(' ').Append(name).Append("=\"").Append(Escape(value)).Append('"');
        }

        text.Append('>');
        if (Void.Contains(_tag))
        {
            return;
        }

        if (_isRaw)
        {
            text.Append(_text);
        }

        foreach (var child in _children)
        {
            child.Write(text);
        }

        text.Append("</").Append(_tag).Append('>');
    }
}
