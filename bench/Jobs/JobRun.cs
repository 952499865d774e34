using DistGan.Client.Display;
using DistGan.Client.Embedded;
using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Hosting.Jobs;
using DistGan.Recipes;

namespace DistGan.Bench.Jobs;

/// <summary>The same training as a job: submitted to a cluster in this process, through its grains, and watched to its end.</summary>
internal sealed class JobRun(Recipe recipe) : IJobDisplay
{
    private readonly List<Mark> _marks = [];

    public IReadOnlyList<Mark> Run()
    {
        using var folder = new ScratchFolder();
        RunAsync(folder.Path).GetAwaiter().GetResult();
        return _marks;
    }

    public void Show(JobProgress progress)
        => _marks.AddRange(progress.Reports
            .Where(static report => report.Values.ContainsKey(MetricNames.DiscriminatorLoss))
            .Select(static report => new Mark(report.Step, report.Seconds, report.Values[MetricNames.DiscriminatorLoss], report.Replica)));

    public void Say(string message) => Console.Error.WriteLine(message);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task RunAsync(string folder)
    {
        var plan = new TrainPlan { Recipe = recipe, RunFolder = folder, Device = "cpu" };
        await using var cluster = await EmbeddedCluster.StartAsync(plan, TimeProvider.System);
        var submission = new JobSubmission { Job = new JobId(recipe.Name), Recipe = RecipeEnvelopes.Wrap(recipe) };
        var never = new TaskCompletionSource();
        var summary = await new JobRunner(cluster.Jobs, this, TimeProvider.System).RunAsync(submission, never.Task);
        if (summary.State != JobState.Completed)
        {
            throw new DistGanException($"The job ended {summary.State} at step {summary.Steps}, expected {recipe.Budget.Steps}: run 'distgan train' with the same recipe to see why.");
        }
    }
}
