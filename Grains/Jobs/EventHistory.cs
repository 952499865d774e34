using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Grains.Jobs;

/// <summary>What events.jsonl holds.</summary>
public static class EventHistory
{
    /// <summary>The whole events of the file, oldest first; a torn last line is cut off the file itself, so that the next event starts a line.</summary>
    /// <exception cref="ObjectStoreException">The file is damaged before its last line, or another writer changed it at the same time.</exception>
    public static async Task<IReadOnlyList<JobEvent>> OpenAsync(IObjectStore store, string name, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(name, cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            return [];
        }

        var events = new List<JobEvent>();
        var whole = Read(stored.Content.Span, events);
        if (stored.Content.Span[whole..].TrimEnd((byte)'\n').Contains((byte)'\n'))
        {
            throw new ObjectStoreException($"The event log '{name}' is damaged in line {events.Count + 1}: repair or remove that file.");
        }

        if (whole < stored.Content.Length
            && await store.PutAsync(name, stored.Content[..whole], PutCondition.IfTag(stored.Tag), cancellationToken).ConfigureAwait(false) is null)
        {
            throw new ObjectStoreException($"The event log '{name}' is being written by another process: end that one first.");
        }

        return events;
    }

    /// <summary>Collects the whole lines at the start of a file that are events with contiguous numbers, and returns their bytes.</summary>
    public static int Read(ReadOnlySpan<byte> content, ICollection<JobEvent> events)
    {
        var whole = 0;
        int length;
        while ((length = content[whole..].IndexOf((byte)'\n')) >= 0)
        {
            if (EventLine.Read(content.Slice(whole, length)) is not { } entry || entry.Sequence != events.Count + 1)
            {
                break;
            }

            events.Add(entry);
            whole += length + 1;
        }

        return whole;
    }
}
