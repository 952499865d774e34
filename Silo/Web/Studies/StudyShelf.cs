using System.Text.Json;
using DistGan.Silo.Documents;

namespace DistGan.Silo.Web.Studies;

/// <summary>
/// The studies of one folder, read only. What strangers name is looked for among the names that the folder has, and links are not followed: nothing leads out of it.
/// </summary>
/// <param name="folder">Its absolute path; null where none is offered.</param>
public sealed class StudyShelf(string? folder)
{
    /// <summary>The plan of a study, by which its folder is known.</summary>
    public const string Plan = "study.json";

    private const string ResultsFile = "results.json";
    private const string ResultsSchema = "distgan.study/1";

    /// <summary>All studies, the newest first; folders whose plan cannot be read are none.</summary>
    public StudyListDocument List() => new()
    {
        Offered = folder is not null,
        Studies = [.. Folders(folder)
            .Select(static path => StudyPlanFile.TryRead(Path.Combine(path, Plan)) is { } plan ? Describe(path, plan) with { Runs = [] } : null)
            .OfType<StudyDocument>()
            .OrderByDescending(static study => study.Created)],
    };

    /// <summary>A study with all its runs; null where there is none of that name.</summary>
    public StudyDocument? Find(string id)
        => Child(folder, id) is { } path && StudyPlanFile.TryRead(Path.Combine(path, Plan)) is { } plan ? Describe(path, plan) with { Schema = "distgan.study-state/1" } : null;

    /// <summary>results.json of a study as it is; null where it was not written.</summary>
    public JsonElement? Results(string id) => Child(folder, id) is { } path ? ReadResults(path) : null;

    /// <summary>What the replicas of a run reported: the ordinal and the bytes of metrics/rN.jsonl of each. Null where the study has no such run.</summary>
    public IReadOnlyList<(int Replica, byte[] Content)>? Metrics(string id, string run)
    {
        if (RunFolder(id, run) is not { } path)
        {
            return null;
        }

        var metrics = Child(path, "metrics");
        return metrics is null ? [] : [.. new DirectoryInfo(metrics).GetFiles("r*.jsonl")
            .Where(static file => file.LinkTarget is null)
            .Select(static file => (Replica: int.TryParse(Path.GetFileNameWithoutExtension(file.Name)[1..], out var replica) ? replica : -1, file.FullName))
            .Where(static file => file.Replica >= 0)
            .OrderBy(static file => file.Replica)
            .Select(static file => (file.Replica, StudyPlanFile.ReadShared(file.FullName)))];
    }

    private static StudyDocument Describe(string path, StudyPlanFile plan)
    {
        var results = ReadResults(path);
        StudyRunDocument[] runs = [.. plan.Configurations.SelectMany(configuration => configuration.Runs.Select(run => new StudyRunDocument
        {
            Name = run.Name, Configuration = configuration.Name, Seed = run.Seed, State = StateOf(path, run.Name),
        }))];
        return new()
        {
            Id = Path.GetFileName(path),
            Kind = plan.Kind,
            Recipe = plan.Recipe,
            Created = plan.Created,
            Command = plan.Command,
            Baseline = plan.Baseline,
            Planned = runs.Length,
            Completed = runs.Count(static run => run.State == "completed"),
            Failed = runs.Count(static run => run.State == "failed"),
            HasResults = results is not null,
            Best = results is { } written ? StudyPlanFile.BestOf(written) : null,
            Runs = runs,
        };
    }

    private static string StateOf(string study, string run)
        => Child(Path.Combine(study, "runs"), run) is { } path
            ? StudyPlanFile.TryParse(Path.Combine(path, "summary.json")) is { } summary && StudyPlanFile.Text(summary, "state") == "completed" ? "completed" : HasFailed(study, run) ? "failed" : "begun"
            : HasFailed(study, run) ? "failed" : "pending";

    private static bool HasFailed(string study, string run) => Child(study, "failures") is { } failures && new DirectoryInfo(failures).GetFiles().Any(file => file.Name == $"{run}.txt");

    private static JsonElement? ReadResults(string study)
        => StudyPlanFile.TryParse(Path.Combine(study, ResultsFile)) is { } results && StudyPlanFile.Text(results, "schema") == ResultsSchema ? results : null;

    private string? RunFolder(string id, string run) => Child(folder, id) is { } study && Child(study, "runs") is { } runs ? Child(runs, run) : null;

    /// <summary>The folder of exactly that name in a folder; null where there is none.</summary>
    private static string? Child(string? parent, string name) => Folders(parent).FirstOrDefault(path => Path.GetFileName(path) == name);

    /// <summary>The folders in a folder that are no links.</summary>
    private static IEnumerable<string> Folders(string? parent)
        => parent is not null && Directory.Exists(parent) ? new DirectoryInfo(parent).EnumerateDirectories().Where(static child => child.LinkTarget is null).Select(static child => child.FullName) : [];
}
