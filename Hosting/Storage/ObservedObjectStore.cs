using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Telemetry;

namespace DistGan.Hosting.Storage;

/// <summary>An object store whose operations are spans and a histogram.</summary>
internal sealed class ObservedObjectStore(IObjectStore store) : IObjectStore
{
    private static readonly Histogram<double> Duration = Instruments.Meter.CreateHistogram<double>("distgan.store.duration", "s", "Time that an operation of the object store took.");

    public Task<string?> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellationToken)
        => ObserveAsync("put", name, () => store.PutAsync(name, content, condition, cancellationToken));

    public Task<string> PutAsync(string name, Stream content, CancellationToken cancellationToken)
        => ObserveAsync("put", name, () => store.PutAsync(name, content, cancellationToken));

    public Task AppendAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        => ObserveAsync("append", name, async () =>
        {
            await store.AppendAsync(name, content, cancellationToken);
            return true;
        });

    public Task<StoredObject?> GetAsync(string name, CancellationToken cancellationToken)
        => ObserveAsync("get", name, () => store.GetAsync(name, cancellationToken));

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
        => ObserveAsync("open", name, () => store.OpenAsync(name, cancellationToken));

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var name in store.ListAsync(prefix, cancellationToken))
        {
            yield return name;
        }
    }

    public Task<bool> DeleteAsync(string name, PutCondition condition, CancellationToken cancellationToken)
        => ObserveAsync("delete", name, () => store.DeleteAsync(name, condition, cancellationToken));

    private static async Task<T> ObserveAsync<T>(string operation, string name, Func<Task<T>> work)
    {
        using var span = Instruments.Source.StartActivity($"store {operation}", ActivityKind.Client);
        span?.SetTag("object", name);
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await work();
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        finally
        {
            Duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("operation", operation));
        }
    }
}
