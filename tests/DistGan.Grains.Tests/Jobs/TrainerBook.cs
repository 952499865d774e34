using System.Collections.Concurrent;
using System.Threading.Channels;
using DistGan.Grains.Interfaces.Trainers;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>What coordinators have asked of the trainers of a test cluster, and what those answer.</summary>
public sealed class TrainerBook
{
    private readonly Channel<TrainerAssignment> _starts = Channel.CreateUnbounded<TrainerAssignment>();

    public ConcurrentQueue<string> Interrupted { get; } = new();

    public ConcurrentQueue<(string Trainer, long Epoch)> Halted { get; } = new();

    /// <summary>What trainers wait for before they answer that they were halted.</summary>
    public Task Silence { get; set; } = Task.CompletedTask;

    public ConcurrentDictionary<string, bool> Running { get; } = new();

    /// <summary>A trainer whose threads end without a word, however often it is started.</summary>
    public string? Dying { get; set; }

    public Func<TrainerAssignment, Task<StartResult>> Answer { get; set; } = static _ => Task.FromResult(new StartResult { Started = true });

    public ConcurrentQueue<(string Trainer, string Silo)> Places { get; } = new();

    public ValueTask StartedAsync(TrainerAssignment assignment) => _starts.Writer.WriteAsync(assignment);

    /// <summary>Waits for a trainer to be started.</summary>
    public async Task<TrainerAssignment> TakeAsync()
    {
        try
        {
            return await _starts.Reader.ReadAsync().AsTask().WaitAsync(ControlPlane.Deadline);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"Waited {ControlPlane.Deadline.TotalSeconds} s for a trainer to be started.", exception);
        }
    }

    public bool TryTake(out TrainerAssignment? assignment) => _starts.Reader.TryRead(out assignment);
}
