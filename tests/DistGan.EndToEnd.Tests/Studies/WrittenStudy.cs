using DistGan.Client.Studies.Planning;
using DistGan.Client.Studies.Results;
using DistGan.Client.Studies.Running;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Reports;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Studies;

/// <summary>Folders of studies as the console writes them, without the trainings.</summary>
internal static class WrittenStudy
{
    /// <summary>Two configurations under two seeds, of which one run was not begun; the other one is the better by 30 of FID, give or take 1.</summary>
    public static StudyFolder Write(TempFolder folder, string id, bool hasResults = true)
    {
        var study = new StudyFolder(folder[$"studies/{id}"]);
        var plan = Plans.Of("plain", Plans.Configuration("plain", 1, 2), Plans.Configuration("hinge", 1, 2, 3)) with { Id = id };
        study.Write(plan, new Recipe());
        Run(folder, study, "plain-s1", 50);
        Run(folder, study, "plain-s2", 60);
        Run(folder, study, "hinge-s1", 21);
        Run(folder, study, "hinge-s2", 29);
        if (hasResults)
        {
            ResultFiles.Write(study, StudyResults.Read(study, plan), new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        }

        return study;
    }

    private static void Run(TempFolder folder, StudyFolder study, string name, int fid)
    {
        var written = WrittenRun.Complete(folder, name);
        var scores = Path.Combine(written, "evaluation.jsonl");
        File.WriteAllText(scores, File.ReadAllText(scores).Replace("\"fid\":50", $"\"fid\":{fid}", StringComparison.Ordinal));
        File.AppendAllText(Path.Combine(written, "metrics", "r0.jsonl"), $$"""{"replica":0,"epoch":1,"step":400,"images":25600,"seconds":40,"fid":{{fid}}}""" + "\n");
        Directory.CreateDirectory(Path.GetDirectoryName(study.RunPath(name))!);
        Directory.Move(written, study.RunPath(name));
    }
}
