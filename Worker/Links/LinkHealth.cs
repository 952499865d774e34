using System.Globalization;

namespace DistGan.Worker.Links;

/// <summary>Whether a link is behind, and one event each time that this changes.</summary>
internal sealed class LinkHealth(string name, string staleKind, string recoveredKind, IEventSink events)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _stale = new(StringComparer.Ordinal);
    private string? _cause;

    /// <summary>While it holds, nobody waits for answers of this link.</summary>
    public bool IsStale
    {
        get
        {
            lock (_gate)
            {
                return _stale.Count > 0;
            }
        }
    }

    /// <summary>Remembers why the last call failed, for the event.</summary>
    public void Failed(string cause)
    {
        lock (_gate)
        {
            _cause = cause;
        }
    }

    /// <summary>The answer of <paramref name="part"/> to <paramref name="boundary"/> is not there in time.</summary>
    public void Missed(string part, long boundary, TimeSpan waited)
    {
        string? cause;
        lock (_gate)
        {
            cause = _cause;
            if (!_stale.Add(part) || _stale.Count > 1)
            {
                return;
            }
        }

        var seconds = waited.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        events.Record(
            staleKind,
            $"The {name} did not answer round {boundary} (waited {seconds} s{(cause is null ? "" : $"; {cause}")}); training goes on with what it has.",
            new Dictionary<string, double> { ["boundary"] = boundary, ["waited_seconds"] = waited.TotalSeconds });
    }

    /// <summary>The answer of <paramref name="part"/> to <paramref name="boundary"/> came in time.</summary>
    public void Fresh(string part, long boundary)
    {
        lock (_gate)
        {
            if (!_stale.Remove(part) || _stale.Count > 0)
            {
                return;
            }

            _cause = null;
        }

        events.Record(
            recoveredKind,
            $"The {name} answers again, from round {boundary} on.",
            new Dictionary<string, double> { ["boundary"] = boundary });
    }

    /// <summary>Forgets staleness without an event, because the link starts anew.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _stale.Clear();
            _cause = null;
        }
    }
}
