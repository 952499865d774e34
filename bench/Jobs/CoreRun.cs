using System.Diagnostics;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Bench.Jobs;

/// <summary>A training of the core alone, on a thread of its own as in a worker, with links that are method calls.</summary>
internal sealed class CoreRun(Recipe recipe) : IReportSink
{
    private readonly List<Mark> _marks = [];
    private long _start;

    public IReadOnlyList<Mark> Run()
    {
        var training = Task.Factory.StartNew(Train, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        training.GetAwaiter().GetResult();
        return _marks;
    }

    public void Report(RoundReport report)
        => _marks.Add(new Mark(report.Step, Stopwatch.GetElapsedTime(_start).TotalSeconds, report.Values[MetricNames.DiscriminatorLoss]));

    private void Train()
    {
        using var data = DataCatalog.Open(recipe.Data, recipe.Seed);
        var size = new ReplaySettings { ItemBytes = data.Shape.ItemBytes, BudgetBytes = recipe.Techniques.ExperienceReplay!.BudgetBytes };
        using var replica = ReplicaFactory.Create(recipe, data, 0, new ReplicaLinks(new MemoryReplay(size), new MemoryParameters(), this), torch.CPU);
        _start = Stopwatch.GetTimestamp();
        while (replica.Step < recipe.Budget.Steps)
        {
            replica.Advance();
        }
    }
}
