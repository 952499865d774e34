namespace DistGan.Worker.Links;

/// <summary>Whether what a replica waits for comes, and one event each time that this changes.</summary>
internal sealed class WaitHealth((string Kind, string Message) stale, (string Kind, string Message) recovered, IEventSink events)
{
    private readonly Lock _gate = new();
    private string? _cause;

    /// <summary>Whether it does not come.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Remembers why the last call failed, for the event.</summary>
    public void Failed(string cause)
    {
        lock (_gate)
        {
            _cause = cause;
        }
    }

    /// <summary>It has not come.</summary>
    public void Missed(TimeSpan waited)
    {
        string? cause;
        lock (_gate)
        {
            if (IsStale)
            {
                return;
            }

            (IsStale, cause) = (true, _cause);
        }

        var why = cause is null ? "" : $"; {cause}";
        events.Record(stale.Kind, FormattableString.Invariant($"{stale.Message} (waited {waited.TotalSeconds:0.0} s{why})."), new Dictionary<string, double> { ["waited_seconds"] = waited.TotalSeconds });
    }

    /// <summary>It has come.</summary>
    public void Fresh()
    {
        lock (_gate)
        {
            _cause = null;
            if (!IsStale)
            {
                return;
            }

            IsStale = false;
        }

        events.Record(recovered.Kind, recovered.Message);
    }

    /// <summary>Forgets staleness without an event, because the link starts anew.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            (IsStale, _cause) = (false, null);
        }
    }
}
