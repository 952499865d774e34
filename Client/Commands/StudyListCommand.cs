using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Client.Studies.Planning;
using DistGan.Client.Studies.Running;

namespace DistGan.Client.Commands;

/// <summary><c>study list</c>: the studies that there are.</summary>
internal static class StudyListCommand
{
    private const string Schema = "distgan.study-list/1";

    public static Command Create(CommandConsole console)
    {
        var command = new Command("list", "Lists studies: kind, recipe, runs that are done, age.") { StudyOptions.Studies, CommonOptions.Output };
        command.SetAction(parsed => Run(console, parsed.GetValue(StudyOptions.Studies)!, parsed.GetValue(CommonOptions.Output)));
        return command;
    }

    private static int Run(CommandConsole console, string studies, OutputFormat format)
    {
        var all = StudyFolder.All(studies, Environment.CurrentDirectory).Select(static folder => (Folder: folder, Plan: folder.ReadPlan())).OrderByDescending(static study => study.Plan.Created).ToList();
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, new JsonObject { ["schema"] = Schema, ["studies"] = new JsonArray([.. all.Select(static study => (JsonNode)Document(study.Folder, study.Plan))]) });
            return ExitCodes.Done;
        }

        if (all.Count == 0)
        {
            console.Out.WriteLine($"There are no studies in '{studies}'; make one with: {CommandForm.Of("study", "seeds")}");
            return ExitCodes.Done;
        }

        var table = new TextTable("study", "kind", "recipe", "#configurations", "#done", "#failed", "#age");
        foreach (var (folder, plan) in all)
        {
            var (runs, done, failed) = Counts(folder, plan);
            table.Add(plan.Id, plan.Kind, plan.Recipe, $"{plan.Configurations.Count}", $"{done}/{runs}", $"{failed}", Ages.Write(console.Time.GetUtcNow() - plan.Created));
        }

        table.Write(console.Out);
        return ExitCodes.Done;
    }

    private static (int Runs, int Done, int Failed) Counts(StudyFolder folder, StudyPlan plan)
    {
        var states = plan.Order().Select(run => folder.StateOf(run.Name)).ToList();
        return (states.Count, states.Count(static state => state == StudyRunState.Completed), states.Count(static state => state == StudyRunState.Failed));
    }

    private static JsonObject Document(StudyFolder folder, StudyPlan plan)
    {
        var (runs, done, failed) = Counts(folder, plan);
        return new()
        {
            ["id"] = plan.Id,
            ["kind"] = plan.Kind,
            ["recipe"] = plan.Recipe,
            ["created"] = plan.Created.UtcDateTime,
            ["folder"] = folder.Path,
            ["configurations"] = plan.Configurations.Count,
            ["runs"] = runs,
            ["completed"] = done,
            ["failed"] = failed,
        };
    }
}
