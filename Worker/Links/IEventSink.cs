namespace DistGan.Worker.Links;

/// <summary>Where events of one replica go, in order. Never waits.</summary>
internal interface IEventSink
{
    void Record(string kind, string message, IReadOnlyDictionary<string, double>? data = null, string? file = null);
}
