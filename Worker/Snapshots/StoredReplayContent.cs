using System.Runtime.CompilerServices;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;
using DistGan.Worker.Links;

namespace DistGan.Worker.Snapshots;

/// <summary>The replay content of a committed snapshot.</summary>
internal sealed class StoredReplayContent : IReplayContent
{
    private readonly IObjectStore _store;
    private readonly string _name;

    private StoredReplayContent(IObjectStore store, string name, (ReplaySettings Settings, int Chunks, ReplayTally Tally) head)
    {
        _store = store;
        _name = name;
        (Settings, Chunks, Tally) = head;
    }

    public ReplaySettings Settings { get; }

    public int Chunks { get; }

    public ReplayTally Tally { get; }

    public static async Task<StoredReplayContent> OpenAsync(IObjectStore store, string name, CancellationToken cancellationToken)
    {
        await using var stream = await OpenStreamAsync(store, name, cancellationToken);
        return new StoredReplayContent(store, name, await ReplayFile.ReadHeadAsync(stream, cancellationToken));
    }

    public async IAsyncEnumerable<ReplayChunk> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await OpenStreamAsync(_store, _name, cancellationToken);
        _ = await ReplayFile.ReadHeadAsync(stream, cancellationToken);
        await foreach (var chunk in ReplayFile.ReadChunksAsync(stream, Chunks, cancellationToken))
        {
            yield return chunk;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<Stream> OpenStreamAsync(IObjectStore store, string name, CancellationToken cancellationToken)
        => await store.OpenAsync(name, cancellationToken) ?? throw new DistGanException($"{name} is gone; it belongs to a snapshot that was being read.");
}
