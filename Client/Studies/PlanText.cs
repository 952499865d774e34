using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Studies.Planning;
using DistGan.Client.Studies.Running;

namespace DistGan.Client.Studies;

/// <summary>A plan that is shown and not run.</summary>
internal static class PlanText
{
    public static void Write(CommandConsole console, StudyPlan plan, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, PlanFile.ToJson(plan));
            return;
        }

        var table = new TextTable("run", "#seed", "#estimate", "changes");
        foreach (var configuration in plan.Configurations)
        {
            foreach (var run in configuration.Runs)
            {
                table.Add(run.Name, $"{run.Seed}", Text.Duration(TimeSpan.FromSeconds(run.EstimatedSeconds)), configuration.Overrides.Count == 0 ? Text.None : string.Join(' ', configuration.Overrides));
            }
        }

        table.Write(console.Out);
    }
}
