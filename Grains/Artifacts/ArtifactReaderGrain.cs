using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Artifacts;
using DistGan.Grains.Interfaces.Storage;
using Orleans.Concurrency;

namespace DistGan.Grains.Artifacts;

/// <summary>Reads the store of the silo at which a client asks.</summary>
[StatelessWorker]
internal sealed class ArtifactReaderGrain(IObjectStore store, IJobPaths paths) : Grain, IArtifactReaderGrain
{
    private string Prefix => paths.PrefixOf(new JobId(this.GetPrimaryKeyString()));

    public async Task<IReadOnlyList<string>> ListAsync(string prefix, string? after = null, CancellationToken cancellationToken = default)
    {
        var names = new List<string>();
        if (!ArtifactNames.IsPrefix(prefix))
        {
            return names;
        }

        var folder = Prefix;
        await foreach (var stored in store.ListAsync(folder + prefix, cancellationToken))
        {
            var name = stored[folder.Length..];
            if (after is not null && string.CompareOrdinal(name, after) <= 0)
            {
                continue;
            }

            names.Add(name);
            if (names.Count == IArtifactReaderGrain.NamesInAnswer)
            {
                break;
            }
        }

        return names;
    }

    public async Task<ArtifactChunk?> ReadAsync(string name, long offset, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (!ArtifactNames.IsName(name) || await store.OpenAsync(Prefix + name, cancellationToken) is not { } content)
        {
            return null;
        }

        await using (content)
        {
            var left = Math.Max(0, content.Length - offset);
            var part = new byte[Math.Min(left, IArtifactReaderGrain.ChunkBytes)];
            content.Position = Math.Min(offset, content.Length);
            await content.ReadExactlyAsync(part, cancellationToken);
            return new ArtifactChunk { Content = part, IsLast = part.Length == left };
        }
    }
}
