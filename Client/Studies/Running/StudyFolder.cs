using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Client.Runs.Contents;
using DistGan.Client.Studies.Planning;
using DistGan.Recipes;
using DistGan.Silo.Web.Studies;

namespace DistGan.Client.Studies.Running;

/// <summary>The folder of a study: its plan, its recipe, the folders of its runs, and why runs failed.</summary>
/// <param name="path">Absolute path.</param>
public sealed class StudyFolder(string path)
{
    /// <summary>The folder of studies where nobody names another one.</summary>
    public const string Standard = "studies";

    private const string Plan = StudyShelf.Plan;

    public string Path { get; } = path;

    public string Id => System.IO.Path.GetFileName(Path);

    /// <summary>The recipe that the configurations change, complete.</summary>
    public string RecipeFile => this["recipe.yaml"];

    /// <summary>A file of the study.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The folder of a run.</summary>
    public string RunPath(string run) => System.IO.Path.Combine(Path, "runs", run);

    /// <summary>A folder for a new study: the name that was asked for, or NAME, NAME-2, … that does not exist yet. Makes nothing.</summary>
    /// <exception cref="CommandException">There is a study of the name that was asked for, or it cannot be a name.</exception>
    public static StudyFolder ForNew(string studies, string name, bool isAsked, string currentDirectory)
    {
        if (name != ConfigurationNames.Plain(name))
        {
            throw new CommandException(ExitCodes.Usage, $"--name {name}: use 1 to 40 lower-case letters, digits and single hyphens, such as '{ConfigurationNames.Plain(name)}'.");
        }

        var parent = System.IO.Path.GetFullPath(studies, currentDirectory);
        var path = System.IO.Path.Combine(parent, name);
        for (var number = 2; !isAsked && System.IO.Path.Exists(path); number++)
        {
            path = System.IO.Path.Combine(parent, $"{name}-{number}");
        }

        return System.IO.Path.Exists(path)
            ? throw new CommandException(ExitCodes.Refused, $"--name {name}: there is such a study already; go on with it by '{CommandForm.Of("study", "resume", name)}', or take another name.")
            : new(path);
    }

    /// <summary>The folder of a study, by its name or its path.</summary>
    /// <exception cref="CommandException">There is no such study.</exception>
    public static StudyFolder Existing(string studies, string asked, string currentDirectory)
    {
        var parent = System.IO.Path.GetFullPath(studies, currentDirectory);
        var path = new[] { System.IO.Path.Combine(parent, asked), System.IO.Path.GetFullPath(asked, currentDirectory) }
            .Select(System.IO.Path.TrimEndingDirectorySeparator)
            .FirstOrDefault(static path => File.Exists(System.IO.Path.Combine(path, Plan)));
        var names = All(studies, currentDirectory).Select(static folder => folder.Id).ToList();
        return path is not null
            ? new(path)
            : throw new CommandException(ExitCodes.NotFound, $"There is no study '{asked}' in '{studies}'{(names.Count == 0 ? "" : $"; there are {string.Join(", ", names)}")}.");
    }

    /// <summary>All studies of a folder, by name.</summary>
    public static IReadOnlyList<StudyFolder> All(string studies, string currentDirectory)
    {
        var parent = System.IO.Path.GetFullPath(studies, currentDirectory);
        return Directory.Exists(parent)
            ? [.. Directory.GetDirectories(parent).Where(static path => File.Exists(System.IO.Path.Combine(path, Plan))).Order(StringComparer.Ordinal).Select(static path => new StudyFolder(path))]
            : [];
    }

    /// <summary>Writes recipe and plan; the plan last, as it makes the folder a study.</summary>
    public void Write(StudyPlan plan, Recipe recipe)
    {
        WholeFile.Write(RecipeFile, RecipeWriter.ToYaml(recipe));
        Write(plan);
    }

    /// <summary>Writes the plan.</summary>
    public void Write(StudyPlan plan) => WholeFile.Write(this[Plan], PlanFile.Write(plan));

    public StudyPlan ReadPlan() => PlanFile.Read(File.ReadAllText(this[Plan]), this[Plan]);

    /// <summary>Where a run stands.</summary>
    public StudyRunState StateOf(string run)
        => RunLock.IsHeld(RunPath(run)) ? StudyRunState.Running
            : RunSummary.IsCompleted(RunPath(run)) ? StudyRunState.Completed
            : File.Exists(FailureFile(run)) ? StudyRunState.Failed
            : StudyRunState.Pending;

    /// <summary>What a run has done; null before its process has made the folder.</summary>
    public RunFacts? FactsOf(string run) => Directory.Exists(RunPath(run)) ? RunFactsReader.Read(RunPath(run)) : null;

    /// <summary>Why a run failed; null where it did not.</summary>
    public string? FailureOf(string run) => File.Exists(FailureFile(run)) ? FailureText.Reason(File.ReadAllText(FailureFile(run))) : null;

    /// <summary>Keeps what a failed run said.</summary>
    public void WriteFailure(string run, string text) => WholeFile.Write(FailureFile(run), text);

    /// <summary>Makes failed runs pending again.</summary>
    public void ForgetFailures(StudyPlan plan)
    {
        foreach (var run in plan.Order())
        {
            if (File.Exists(FailureFile(run.Name)))
            {
                File.Delete(FailureFile(run.Name));
            }
        }
    }

    private string FailureFile(string run) => System.IO.Path.Combine(Path, "failures", $"{run}.txt");
}
