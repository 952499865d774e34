using DistGan.Recipes;

namespace DistGan.Client.Display;

/// <summary>What is said while a job has started and has reported nothing yet.</summary>
internal static class FirstReport
{
    /// <summary>Where it stands and when it will be heard of.</summary>
    /// <param name="facts">The job.</param>
    /// <param name="step">The step at which this start begins.</param>
    public static string Of(JobFacts facts, long step)
    {
        var next = ((step / facts.RoundSteps) + 1) * facts.RoundSteps;
        var of = facts.Budget.Steps is { } steps ? $"/{steps}" : "";
        return facts.Budget.Steps < next
            ? $"step {step}{of}: it ends before the first report, which would come after step {next}"
            : $"step {step}{of}: the first report comes after step {next}";
    }
}
