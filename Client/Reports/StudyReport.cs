using DistGan.Client.Reports.Pages;
using DistGan.Client.Runs.Contents;
using DistGan.Client.Studies.Results;

namespace DistGan.Client.Reports;

/// <summary>The results of a study in one file.</summary>
public static class StudyReport
{
    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="results">What the study has found.</param>
    /// <param name="file">Where to.</param>
    /// <param name="now">The time that the page bears.</param>
    public static void Write(StudyResults results, string file, DateTimeOffset now) => WholeFile.Write(file, new StudyPage(results, now).Write());
}
