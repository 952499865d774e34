using System.Collections.Concurrent;
using DistGan.Worker.Links;

namespace DistGan.Worker.Tests.Fakes;

internal sealed class EventLog : IEventSink
{
    public ConcurrentQueue<string> Kinds { get; } = new();

    public ConcurrentQueue<string> Messages { get; } = new();

    public void Record(string kind, string message, IReadOnlyDictionary<string, double>? data = null, string? file = null)
    {
        Kinds.Enqueue(kind);
        Messages.Enqueue(message);
    }
}
