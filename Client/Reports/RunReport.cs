using DistGan.Client.Runs;
using DistGan.Client.Reports.Pages;
using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Reports;

/// <summary>report.html: everything about a run in one file.</summary>
public static class RunReport
{
    /// <summary>The file, relative to the run folder.</summary>
    public const string FileName = "report.html";

    /// <summary>Reads a run folder and writes its report, whole or not at all.</summary>
    /// <param name="runFolder">Absolute path of the run.</param>
    /// <param name="file">Where to.</param>
    /// <param name="now">The time that the report bears.</param>
    /// <exception cref="Recipes.DistGanException">The file cannot be written.</exception>
    public static void Write(string runFolder, string file, DateTimeOffset now) => WholeFile.Write(file, new RunPage(RunContents.Read(runFolder), now).Write(), ReplacedFile.OutAdvice);
}
