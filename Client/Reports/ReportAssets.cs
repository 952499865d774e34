namespace DistGan.Client.Reports;

/// <summary>Style and script of the pages, from files that are part of this assembly.</summary>
internal static class ReportAssets
{
    public static string Style { get; } = Read("palette.css") + Read("report.css");

    public static string Script { get; } = Read("report.js");

    private static string Read(string name)
    {
        using var stream = typeof(ReportAssets).Assembly.GetManifestResourceStream($"DistGan.Client.Reports.{name}")
            ?? throw new InvalidOperationException($"{name} is not part of the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
