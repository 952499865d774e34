using DistGan.EndToEnd.Tests.Outputs;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Reports;

namespace DistGan.EndToEnd.Tests.Verbs;

/// <summary>Verbs about this machine, as a person and as a program call them.</summary>
[Collection(TrainedRunsCollection.Name)]
public sealed class LocalVerbsTests(TrainedRuns runs)
{
    /// <summary>As many as a small machine has cores.</summary>
    private static readonly ParallelOptions Two = new() { MaxDegreeOfParallelism = 2 };

    [Fact]
    public async Task InATerminal_EveryVerb_SaysWhatItIsAskedFor()
    {
        Prepare("terminal");

        await Parallel.ForEachAsync(VerbTable.Local, Two, async (verb, _) =>
        {
            using var process = DistGanProcess.StartInTerminal(runs.Folder.Path, verb.Words("terminal"));
            VerbChecks.AssertSaid(verb, "terminal", await process.EndAsync());
        });
    }

    [Fact]
    public async Task AsJson_EveryVerb_WritesOneDocumentWithASchema()
    {
        Prepare("json");

        await Parallel.ForEachAsync(
            VerbTable.Local.Where(static verb => verb.HasJson),
            Two,
            async (verb, _) => VerbChecks.AssertDocument(verb, await runs.RunAsync([.. verb.Words("json"), "-o", "json"])));
    }

    /// <summary>A run to remove, and one to score.</summary>
    private void Prepare(string mode)
    {
        WrittenRun.Complete(runs.Folder, $"gone-{mode}");
        foreach (var file in Directory.EnumerateFiles(runs.Folder[TrainedRuns.Ring], "*", SearchOption.AllDirectories))
        {
            var copy = runs.Folder[Path.Combine("mine", Path.GetRelativePath(runs.Folder[TrainedRuns.Ring], file))];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
