using System.Collections.Concurrent;
using System.Threading.Channels;
using DistGan.Grains.Interfaces.Trainers;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>What coordinators have asked of the trainers of a test cluster, and what those answer.</summary>
public sealed class TrainerBook
{
    private readonly Channel<(int Batch, int Ordinal, int Arrival, TrainerAssignment Assignment)> _starts = Channel.CreateUnboundedPrioritized(
        new UnboundedPrioritizedChannelOptions<(int Batch, int Ordinal, int Arrival, TrainerAssignment Assignment)>
        {
            Comparer = Comparer<(int Batch, int Ordinal, int Arrival, TrainerAssignment Assignment)>.Create(static (one, other) => (one.Batch, one.Ordinal, one.Arrival).CompareTo((other.Batch, other.Ordinal, other.Arrival))),
        });
    private readonly ConcurrentDictionary<(string Job, long Start), int> _batches = new();
    private int _arrivals;

    public ConcurrentQueue<string> Interrupted { get; } = new();

    public ConcurrentQueue<(string Trainer, long Epoch)> Halted { get; } = new();

    /// <summary>What trainers wait for before they answer that they were halted.</summary>
    public Task Silence { get; set; } = Task.CompletedTask;

    public ConcurrentDictionary<string, bool> Running { get; } = new();

    /// <summary>A trainer whose threads end without a word, however often it is started.</summary>
    public string? Dying { get; set; }

    /// <summary>A trainer whose thread does not end when it is halted.</summary>
    public string? Undying { get; set; }

    public Func<TrainerAssignment, Task<StartResult>> Answer { get; set; } = static _ => Task.FromResult(new StartResult { Started = true });

    public ConcurrentQueue<(string Trainer, string Silo)> Places { get; } = new();

    /// <summary>Takes a start. Those of one submission come at the same time, and are in the order of the replicas here; others are in that in which they come.</summary>
    public ValueTask StartedAsync(TrainerAssignment assignment)
    {
        var arrival = Interlocked.Increment(ref _arrivals);
        var batch = assignment.Joins ? arrival : _batches.GetOrAdd((assignment.Replica.Job.Value, assignment.Start), arrival);
        return _starts.Writer.WriteAsync((batch, assignment.Replica.Ordinal, arrival, assignment));
    }

    /// <summary>Waits for a trainer to be started.</summary>
    public async Task<TrainerAssignment> TakeAsync()
    {
        try
        {
            return (await _starts.Reader.ReadAsync().AsTask().WaitAsync(ControlPlane.Deadline)).Assignment;
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"Waited {ControlPlane.Deadline.TotalSeconds} s for a trainer to be started.", exception);
        }
    }

    public bool TryTake(out TrainerAssignment? assignment)
    {
        var taken = _starts.Reader.TryRead(out var start);
        assignment = taken ? start.Assignment : null;
        return taken;
    }
}
