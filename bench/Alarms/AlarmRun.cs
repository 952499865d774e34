using DistGan.Client.Display;
using DistGan.Client.Embedded;
using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Hosting.Jobs;
using DistGan.Recipes;

namespace DistGan.Bench.Alarms;

/// <summary>A training as a job of a cluster in this process, of which only what the diagnosis tells is kept.</summary>
internal sealed class AlarmRun(Recipe recipe, string folder) : IJobDisplay
{
    private readonly List<JobEvent> _told = [];

    /// <summary>Events of kind diagnosis or diverged, in order.</summary>
    public IReadOnlyList<JobEvent> Told => _told;

    /// <summary>Trains to the end of the budget.</summary>
    /// <exception cref="DistGanException">The job did not complete.</exception>
    public async Task<JobSummary> RunAsync()
    {
        var plan = new TrainPlan { Recipe = recipe, RunFolder = folder, Device = "cpu" };
        await using var cluster = await EmbeddedCluster.StartAsync(plan, TimeProvider.System);
        var submission = new JobSubmission { Job = new JobId(recipe.Name), Recipe = RecipeEnvelopes.Wrap(recipe) };
        var never = new TaskCompletionSource();
        var summary = await new JobRunner(cluster.Jobs, this, TimeProvider.System).RunAsync(submission, never.Task);
        return summary.State == JobState.Completed
            ? summary
            : throw new DistGanException($"{recipe.Name} with seed {recipe.Seed} ended {summary.State} at step {summary.Steps}: {summary.Failure ?? "run 'distgan train' with the same recipe to see why."}");
    }

    public void Show(JobProgress progress) => _told.AddRange(progress.Events.Where(static told => told.Kind is EventKinds.Diagnosis or EventKinds.Diverged));

    public void Say(string message) => Console.Error.WriteLine(message);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
