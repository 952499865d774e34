namespace DistGan.Client.Display;

/// <summary>Rows of words in columns as wide as their widest word, two spaces apart.</summary>
public sealed class TextTable
{
    private const string Gap = "  ";

    private readonly List<IReadOnlyList<string>> _rows = [];
    private readonly IReadOnlyList<(string Heading, bool IsNumber)> _columns;

    /// <param name="columns">Headings; a '#' before one aligns its column right.</param>
    public TextTable(params IEnumerable<string> columns) => _columns = [.. columns.Select(static text => (text.TrimStart('#'), text.StartsWith('#')))];

    public void Add(params IEnumerable<string> cells) => _rows.Add([.. cells]);

    /// <summary>Writes headings and rows.</summary>
    public void Write(TextWriter writer) => Write(writer, [[.. _columns.Select(static column => column.Heading)], .. _rows]);

    /// <summary>Writes the rows alone.</summary>
    public void WriteRows(TextWriter writer) => Write(writer, _rows);

    private void Write(TextWriter writer, IReadOnlyList<IReadOnlyList<string>> all)
    {
        var widths = _columns.Select((_, i) => all.Select(row => row[i].Length).DefaultIfEmpty(0).Max()).ToList();
        foreach (var row in all)
        {
            var cells = row.Select((cell, i) => _columns[i].IsNumber ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            writer.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }
}
