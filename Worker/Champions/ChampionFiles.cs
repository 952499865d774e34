using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Champions;

/// <summary>
/// The champions of a run in the object store. Each replica writes its own folder: weights under a name that is never used for others,
/// then the list as a whole, then what the list no longer names is removed. So a reader of the list always finds what it names.
/// </summary>
public static class ChampionFiles
{
    /// <summary>Weights as bytes, with their champion.</summary>
    public static (Champion Champion, byte[] Content) Pack(int replica, long epoch, long step, int mode, ModeQuality quality, IReadOnlyList<NamedArray> weights)
    {
        ArgumentNullException.ThrowIfNull(quality);
        using var stream = new MemoryStream();
        Safetensors.Write(stream, weights, new Dictionary<string, string>
        {
            ["mode"] = mode.ToString(CultureInfo.InvariantCulture),
            ["step"] = step.ToString(CultureInfo.InvariantCulture),
        });
        var content = stream.ToArray();
        var name = RunFiles.Champion(replica, mode, step, epoch)[RunFiles.ChampionsOf(replica).Length..];
        return (new Champion(mode, replica, epoch, step, quality.Samples, quality.Quality, quality.StandardError, name, Hash(content)), content);
    }

    /// <summary>Writes new weights, then the list, then removes what it no longer names; may be done again after it failed anywhere.</summary>
    public static async Task WriteAsync(
        IObjectStore store, string prefix, int replica, IReadOnlyList<Champion> champions, IReadOnlyList<(Champion Champion, byte[] Content)> added, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var folder = prefix + RunFiles.ChampionsOf(replica);
        foreach (var (champion, content) in added)
        {
            await store.PutAsync(folder + champion.Name, content, PutCondition.None, cancellationToken);
        }

        var index = new ChampionIndex { Champions = [.. champions.OrderBy(static champion => champion.Mode)] };
        await store.PutAsync(prefix + RunFiles.ChampionIndex(replica), JsonSerializer.SerializeToUtf8Bytes(index, SnapshotJson.Options), PutCondition.None, cancellationToken);
        var named = champions.Select(champion => folder + champion.Name).Append(prefix + RunFiles.ChampionIndex(replica)).ToHashSet();
        var old = new List<string>();
        await foreach (var name in store.ListAsync(folder, cancellationToken))
        {
            if (!named.Contains(name))
            {
                old.Add(name);
            }
        }

        foreach (var name in old)
        {
            await store.DeleteAsync(name, PutCondition.None, cancellationToken);
        }
    }

    /// <summary>The champions of a replica whose weights are whole; none where it has no list.</summary>
    /// <param name="store">The object store.</param>
    /// <param name="prefix">The job's run folder.</param>
    /// <param name="replica">Whose.</param>
    /// <param name="warn">Told of what is damaged and passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<Champion>> ReadAsync(IObjectStore store, string prefix, int replica, Action<string> warn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(warn);
        var path = prefix + RunFiles.ChampionIndex(replica);
        if (await store.GetAsync(path, cancellationToken) is not { } list)
        {
            return [];
        }

        var whole = new List<Champion>();
        foreach (var champion in Parse(list.Content, path, warn))
        {
            if (await ContentAsync(store, prefix, champion, cancellationToken) is null)
            {
                warn($"The champion of mode {champion.Mode} ({RunFiles.ChampionsOf(replica)}{champion.Name}) is missing or damaged and is passed over.");
            }
            else
            {
                whole.Add(champion);
            }
        }

        return whole;
    }

    /// <summary>The best champion of each mode over all replicas, the lowest replica where they are equal.</summary>
    public static async Task<IReadOnlyList<Champion>> ReadBestAsync(IObjectStore store, string prefix, IEnumerable<int> replicas, Action<string> warn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replicas);
        var all = new List<Champion>();
        foreach (var replica in replicas)
        {
            all.AddRange(await ReadAsync(store, prefix, replica, warn, cancellationToken));
        }

        return Best(all);
    }

    /// <summary>The best of each mode, the lowest replica where they are equal, in the order of modes.</summary>
    public static IReadOnlyList<Champion> Best(IEnumerable<Champion> champions)
        => [.. champions.GroupBy(static champion => champion.Mode).OrderBy(static mode => mode.Key)
            .Select(static mode => mode.OrderByDescending(static champion => champion.Quality).ThenBy(static champion => champion.Replica).First())];

    /// <summary>The weights of a champion.</summary>
    /// <exception cref="DistGanException">They are missing or damaged.</exception>
    public static async Task<IReadOnlyList<NamedArray>> WeightsAsync(IObjectStore store, string prefix, Champion champion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(champion);
        var path = RunFiles.ChampionsOf(champion.Replica) + champion.Name;
        var content = await ContentAsync(store, prefix, champion, cancellationToken)
            ?? throw new DistGanException($"{path} is missing or not what the list of champions says (SHA-256 {champion.Sha256}): try again, or leave mode {champion.Mode} out.");
        using var stream = new MemoryStream(content);
        return Safetensors.Read(stream, path);
    }

    private static async Task<byte[]?> ContentAsync(IObjectStore store, string prefix, Champion champion, CancellationToken cancellationToken)
    {
        var stored = await store.GetAsync(prefix + RunFiles.ChampionsOf(champion.Replica) + champion.Name, cancellationToken);
        return stored is null || Hash(stored.Content.Span) != champion.Sha256 ? null : stored.Content.ToArray();
    }

    private static IReadOnlyList<Champion> Parse(ReadOnlyMemory<byte> content, string path, Action<string> warn)
    {
        try
        {
            if (JsonSerializer.Deserialize<ChampionIndex>(content.Span, SnapshotJson.Options) is { Schema: ChampionIndex.Shape } index)
            {
                return index.Champions;
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        warn($"{path} is no list of champions and is passed over.");
        return [];
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
