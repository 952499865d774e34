namespace DistGan.Worker.Links;

/// <summary>
/// Answers of a peer by boundary: the link's task puts them, the training thread takes them. An answer that is late is waited
/// for once, as long as patience says, and not again until the link has recovered; meanwhile the newest older answer serves.
/// </summary>
/// <typeparam name="T">An answer; whoever takes it owns it.</typeparam>
internal sealed class AnswerBox<T>(string part, LinkHealth health, TimeSpan patience, TimeProvider time)
    where T : class, IDisposable
{
    private const int MaxOpen = 16;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Entry> _asked = [];
    private readonly List<AnswerCopies<T>> _captures = [];
    private TaskCompletionSource _changed = NewSignal();
    private long _generation;

    /// <summary>Tells answers to questions that were asked before <see cref="Clear"/> from those after it.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>Remembers that an answer to <paramref name="boundary"/> was asked for.</summary>
    public void Ask(long boundary)
    {
        lock (_gate)
        {
            _asked[boundary] = new Entry();
            while (_asked.Count > MaxOpen)
            {
                Remove(_asked.First().Key);
            }
        }
    }

    /// <summary>Brings an answer; one that nobody waits for any more is disposed.</summary>
    public void Put(long generation, long boundary, T answer)
    {
        lock (_gate)
        {
            if (generation != _generation || !_asked.TryGetValue(boundary, out var entry))
            {
                answer.Dispose();
                return;
            }

            _captures.ForEach(capture => capture.Add(boundary, answer));
            entry.Answer = answer;
            Signal();
        }
    }

    /// <summary>Says that the answer will never come.</summary>
    public void Lose(long generation, long boundary)
    {
        lock (_gate)
        {
            if (generation == _generation && _asked.TryGetValue(boundary, out var entry))
            {
                entry.Lost = true;
                Signal();
            }
        }
    }

    /// <summary>
    /// The answer to <paramref name="boundary"/>, else the newest older one that was not taken yet, else null; a boundary that
    /// was never asked about gives null and is no staleness.
    /// </summary>
    public T? Take(long boundary)
    {
        var start = time.GetTimestamp();
        var wait = health.IsStale ? TimeSpan.Zero : patience;
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (!_asked.TryGetValue(boundary, out var entry))
                {
                    return null;
                }

                if (entry.Answer is not null)
                {
                    health.Fresh(part, boundary);
                    return Release(boundary);
                }

                var left = wait - time.GetElapsedTime(start);
                if (entry.Lost || left <= TimeSpan.Zero)
                {
                    health.Missed(part, boundary, time.GetElapsedTime(start));
                    return NewestOlder(boundary);
                }

                changed = _changed.Task;
            }

            WaitFor(changed, wait - time.GetElapsedTime(start));
        }
    }

    /// <summary>Starts to collect copies of every answer that was asked for and not taken: those that are here, and those still to come.</summary>
    public AnswerCopies<T> Capture(Func<long, T, IEnumerable<Training.Snapshots.NamedArray>> copy)
    {
        lock (_gate)
        {
            var capture = new AnswerCopies<T>([.. _asked.Where(pair => pair.Value is { Lost: false }).Select(pair => pair.Key)], copy);
            foreach (var (boundary, entry) in _asked)
            {
                if (entry.Answer is { } answer)
                {
                    capture.Add(boundary, answer);
                }
            }

            _captures.Add(capture);
            return capture;
        }
    }

    /// <summary>Ends a capture.</summary>
    public void Close(AnswerCopies<T> capture)
    {
        lock (_gate)
        {
            _captures.Remove(capture);
        }
    }

    /// <summary>Forgets everything; answers to earlier questions are dropped when they come.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _generation++;
            foreach (var boundary in _asked.Keys.ToArray())
            {
                Remove(boundary);
            }

            Signal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void WaitFor(Task changed, TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            changed.WaitAsync(left, time).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            // The caller looks once more and then goes on without the answer.
        }
    }

    private T? NewestOlder(long boundary)
    {
        var found = _asked.Where(pair => pair.Key < boundary && pair.Value.Answer is not null).Select(pair => (long?)pair.Key).LastOrDefault();
        return found is { } older ? Release(older) : null;
    }

    /// <summary>Hands out one answer and lets go of all older ones.</summary>
    private T Release(long boundary)
    {
        var answer = _asked[boundary].Answer!;
        _asked.Remove(boundary);
        foreach (var older in _asked.Keys.TakeWhile(key => key < boundary).ToArray())
        {
            Remove(older);
        }

        return answer;
    }

    private void Remove(long boundary)
    {
        if (_asked.Remove(boundary, out var entry))
        {
            entry.Answer?.Dispose();
        }
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.TrySetResult();
    }

    private sealed class Entry
    {
        public T? Answer { get; set; }

        public bool Lost { get; set; }
    }
}
