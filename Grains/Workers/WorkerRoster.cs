using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Workers;

/// <summary>Which workers there are. One that has not been heard of for <paramref name="patience"/> is gone until it is heard of again.</summary>
public sealed class WorkerRoster(TimeSpan patience)
{
    private readonly Dictionary<string, (WorkerRegistration? Worker, DateTimeOffset Heard)> _workers = [];

    /// <summary>Hears of a worker.</summary>
    public void Register(WorkerRegistration worker, DateTimeOffset now) => _workers[worker.Worker] = (worker, now);

    /// <summary>A worker of which only a stored lease tells: it has as long to be heard of as any other.</summary>
    public void Expect(string worker, DateTimeOffset now) => _workers.TryAdd(worker, (null, now));

    /// <summary>A worker is known to be dead.</summary>
    public void Bury(string worker) => _workers.Remove(worker);

    /// <summary>Whether a worker may still be training.</summary>
    public bool IsAlive(string worker, DateTimeOffset now) => _workers.TryGetValue(worker, out var known) && now - known.Heard <= patience;

    /// <summary>Workers heard of lately, in the order of their addresses.</summary>
    public IReadOnlyList<WorkerRegistration> Live(DateTimeOffset now)
        => [.. _workers.Values
            .Where(entry => entry.Worker is not null && now - entry.Heard <= patience)
            .Select(static entry => entry.Worker!)
            .OrderBy(static worker => worker.Worker, StringComparer.Ordinal)];
}
