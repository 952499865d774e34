using System.Globalization;
using DistGan.Recipes;
using DistGan.Worker.Links;

namespace DistGan.Worker.Running;

/// <summary>The word of a replica that trains at last, after the coordinator has heard that it opens its data.</summary>
internal static class LateStart
{
    public static void Tell(IEventSink events, RunSettings run, long step)
    {
        var threads = run.Recipe.Threads ?? run.Assignment.Lease.Threads;
        events.Record(
            step > 0 ? EventKinds.Resumed : EventKinds.Started,
            step > 0
                ? string.Create(CultureInfo.InvariantCulture, $"Replica {run.Replica} goes on from step {step}.")
                : string.Create(CultureInfo.InvariantCulture, $"Replica {run.Replica} has started on {run.Assignment.Lease.Device} with {threads} thread{(threads == 1 ? "" : "s")}."),
            new Dictionary<string, double> { ["step"] = step });
    }
}
