using DistGan.Client.Runs;
using DistGan.Client.Reports.Pages;
using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Reports;

/// <summary>A comparison of runs in one file.</summary>
public static class CompareReport
{
    /// <summary>Reads run folders and writes their comparison, whole or not at all.</summary>
    /// <param name="runFolders">Absolute paths of the runs.</param>
    /// <param name="file">Where to.</param>
    /// <param name="now">The time that the page bears.</param>
    /// <exception cref="Recipes.DistGanException">The file cannot be written.</exception>
    public static void Write(IReadOnlyList<string> runFolders, string file, DateTimeOffset now)
        => Write(Comparison.Read([.. runFolders.Select(static folder => (folder, folder))]), file, now);

    /// <summary>Writes a comparison.</summary>
    /// <param name="comparison">The runs.</param>
    /// <param name="file">Where to.</param>
    /// <param name="now">The time that the page bears.</param>
    public static void Write(Comparison comparison, string file, DateTimeOffset now) => WholeFile.Write(file, new ComparePage(comparison, now).Write(), ReplacedFile.OutAdvice);
}
