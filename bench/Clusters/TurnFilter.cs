using System.Diagnostics;
using DistGan.Grains.Interfaces.Jobs;
using Orleans;

namespace DistGan.Bench.Clusters;

/// <summary>How long the turns of coordinators are that replicas cause: reports and questions of ownership, which do not wait for anything.</summary>
internal sealed class TurnFilter : IIncomingGrainCallFilter
{
    private readonly Lock _gate = new();
    private readonly List<double> _milliseconds = [];

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(ICoordinatorGrain) || context.InterfaceMethod.Name is not (nameof(ICoordinatorGrain.ReportAsync) or nameof(ICoordinatorGrain.OwnsAsync)))
        {
            await context.Invoke();
            return;
        }

        var start = Stopwatch.GetTimestamp();
        await context.Invoke();
        lock (_gate)
        {
            _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    /// <summary>The turns so far in their order of length, and none from now on.</summary>
    public IReadOnlyList<double> Take()
    {
        lock (_gate)
        {
            var sorted = _milliseconds.Order().ToList();
            _milliseconds.Clear();
            return sorted;
        }
    }
}
