using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Jobs;

/// <summary>
/// A job's events: numbered when they are added, without gaps, stored in batches by a loop of its own, seen by watchers once they are
/// stored. While the store fails, they wait and the loop tries again. Thread-safe.
/// </summary>
internal sealed partial class EventLog
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly IObjectStore _store;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action _committed;
    private readonly List<JobEvent> _stored;
    private readonly List<JobEvent> _waiting = [];
    private readonly HashSet<(int, long, string, DateTimeOffset, string)> _seen;
    private Task _commit = Task.CompletedTask;

    private EventLog(IObjectStore store, string name, IReadOnlyList<JobEvent> stored, Action committed, TimeProvider time, ILogger logger)
    {
        (_store, _name, _committed, _time, _logger) = (store, name, committed, time, logger);
        _stored = [.. stored];
        _seen = [.. stored.Where(static entry => entry.Replica is not null).Select(KeyOf)];
    }

    /// <summary>The number of the newest stored event; 0 for none.</summary>
    public long Sequence
    {
        get
        {
            lock (_lock)
            {
                return _stored.Count;
            }
        }
    }

    /// <summary>Opens the log of a job; <paramref name="committed"/> is called after each batch.</summary>
    public static async Task<EventLog> OpenAsync(
        IObjectStore store, string name, Action committed, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
        => new(store, name, await EventHistory.OpenAsync(store, name, cancellationToken), committed, time, logger);

    /// <summary>Adds an event of the job itself.</summary>
    /// <returns>Completes when it is stored.</returns>
    public Task AddAsync(string kind, string message, int? replica = null, long? epoch = null, IReadOnlyDictionary<string, double>? data = null)
    {
        lock (_lock)
        {
            Number(new JobEvent
            {
                Sequence = 0,
                Time = _time.GetUtcNow(),
                Kind = kind,
                Replica = replica,
                Epoch = epoch,
                Message = message,
                Data = data ?? new Dictionary<string, double>(),
            });
            return CommitAsync();
        }
    }

    /// <summary>Adds events of a replica, without those that it has sent before.</summary>
    /// <returns>Completes when they are stored.</returns>
    public Task AddAsync(IEnumerable<ReplicaEvent> events)
    {
        lock (_lock)
        {
            foreach (var entry in events)
            {
                var numbered = new JobEvent
                {
                    Sequence = 0,
                    Time = entry.Time,
                    Kind = entry.Kind,
                    Replica = entry.Replica.Ordinal,
                    Epoch = entry.Epoch,
                    Message = entry.Message,
                    Data = entry.Data,
                    File = entry.File,
                };
                if (_seen.Add(KeyOf(numbered)))
                {
                    Number(numbered);
                }
            }

            return CommitAsync();
        }
    }

    /// <summary>Completes when everything that was added is stored.</summary>
    public Task FlushAsync()
    {
        lock (_lock)
        {
            return CommitAsync();
        }
    }

    /// <summary>At most <paramref name="limit"/> stored events after a number.</summary>
    public IReadOnlyList<JobEvent> After(long sequence, int limit)
    {
        lock (_lock)
        {
            var start = (int)Math.Clamp(sequence, 0, _stored.Count);
            return _stored.GetRange(start, Math.Min(limit, _stored.Count - start));
        }
    }

    /// <summary>The newest stored event of a kind about a replica; null where there is none.</summary>
    public JobEvent? Newest(string kind, int replica)
    {
        lock (_lock)
        {
            return _stored.FindLast(entry => entry.Kind == kind && entry.Replica == replica);
        }
    }

    private static (int, long, string, DateTimeOffset, string) KeyOf(JobEvent entry)
        => (entry.Replica ?? -1, entry.Epoch ?? -1, entry.Kind, entry.Time, entry.Message);

    private void Number(JobEvent entry) => _waiting.Add(entry with { Sequence = _stored.Count + _waiting.Count + 1 });

    // Called under the lock: whoever adds waits for the batch that holds what it added.
    private Task CommitAsync()
    {
        if (_waiting.Count > 0 && _commit.IsCompleted)
        {
            _commit = Task.Run(CommitAllAsync);
        }

        return _commit;
    }

    private async Task CommitAllAsync()
    {
        while (true)
        {
            JobEvent[] batch;
            lock (_lock)
            {
                batch = [.. _waiting];
                if (batch.Length == 0)
                {
                    _commit = Task.CompletedTask;
                    return;
                }
            }

            await AppendAsync([.. batch.SelectMany(EventLine.Write)]).ConfigureAwait(false);
            lock (_lock)
            {
                _stored.AddRange(batch);
                _waiting.RemoveRange(0, batch.Length);
            }

            _committed();
        }
    }

    private async Task AppendAsync(byte[] lines)
    {
        while (true)
        {
            try
            {
                await _store.AppendAsync(_name, lines, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (ObjectStoreException exception)
            {
                LogRetry(_logger, _name, exception);
                await Task.Delay(RetryAfter, _time).ConfigureAwait(false);
            }
        }
    }
}
