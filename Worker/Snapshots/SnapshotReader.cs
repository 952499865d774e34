using System.Text.Json;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Worker.Links;

namespace DistGan.Worker.Snapshots;

/// <summary>Finds and reads committed snapshots. What has no manifest does not exist; what differs from its manifest is damaged.</summary>
public static class SnapshotReader
{
    /// <summary>The newest snapshot whose every file is as its manifest says; null where there is none.</summary>
    /// <param name="store">The object store.</param>
    /// <param name="prefix">The job's run folder: empty, or ending in '/'.</param>
    /// <param name="replica">Ordinal of the replica.</param>
    /// <param name="damaged">Told, in one sentence, of each newer one that is passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="oldestEpoch">Snapshots of earlier owners do not count.</param>
    public static async Task<StoredSnapshot?> FindNewestAsync(
        IObjectStore store, string prefix, int replica, Action<string> damaged, CancellationToken cancellationToken, long oldestEpoch = 0)
    {
        var folders = (await SnapshotFolder.ListAsync(store, prefix, replica, cancellationToken)).Where(folder => folder.IsCommitted && folder.Epoch >= oldestEpoch).ToList();
        foreach (var folder in folders)
        {
            var (snapshot, damage) = await VerifyAsync(store, folder.Name, cancellationToken);
            if (snapshot is not null)
            {
                return snapshot;
            }

            damaged($"Snapshot {folder.Name[prefix.Length..]} is damaged ({damage}); {(folder == folders[^1] ? "there is none before it" : "the one before it is tried")}.");
        }

        return null;
    }

    /// <summary>Reads a snapshot's manifest and compares every file with it.</summary>
    /// <returns>The snapshot, or what is wrong with it.</returns>
    public static async Task<(StoredSnapshot? Snapshot, string? Damage)> VerifyAsync(IObjectStore store, string folder, CancellationToken cancellationToken)
    {
        var (manifest, unreadable) = await ReadManifestAsync(store, folder, cancellationToken);
        if (manifest is null)
        {
            return (null, unreadable);
        }

        foreach (var (name, expected) in manifest.Files)
        {
            var stream = await store.OpenAsync(folder + name, cancellationToken);
            if (stream is null)
            {
                return (null, $"{name} is missing");
            }

            await using var hashing = new HashingStream(stream);
            await hashing.CopyToAsync(Stream.Null, cancellationToken);
            var actual = hashing.Finish();
            if (actual != expected)
            {
                return (null, actual.Bytes == expected.Bytes ? $"{name} has other content" : $"{name} has {actual.Bytes} bytes instead of {expected.Bytes}");
            }
        }

        return (new StoredSnapshot(folder, manifest), null);
    }

    /// <summary>The state of the replica itself, for those who go on from it elsewhere.</summary>
    public static async Task<ReplicaState> ReadReplicaAsync(IObjectStore store, StoredSnapshot snapshot, CancellationToken cancellationToken)
        => ToReplica(await ReadStateAsync(store, snapshot, cancellationToken), await ReadAllArraysAsync(store, snapshot, cancellationToken));

    internal static async Task<(SnapshotManifest? Manifest, string? Damage)> ReadManifestAsync(IObjectStore store, string folder, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(folder + RunFiles.Manifest, cancellationToken) is not { } file)
        {
            return (null, "it has no manifest");
        }

        try
        {
            var manifest = JsonSerializer.Deserialize<SnapshotManifest>(file.Content.Span, SnapshotJson.Options);
            return manifest is { FormatVersion: SnapshotManifest.CurrentFormat }
                ? (manifest, null)
                : (null, $"its format is {manifest?.FormatVersion}, this version reads {SnapshotManifest.CurrentFormat}");
        }
        catch (JsonException)
        {
            return (null, "its manifest is no valid JSON");
        }
    }

    internal static async Task<LoadedSnapshot> LoadAsync(IObjectStore store, StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        var state = await ReadStateAsync(store, snapshot, cancellationToken);
        var arrays = await ReadAllArraysAsync(store, snapshot, cancellationToken);
        return new LoadedSnapshot(
            snapshot,
            ToReplica(state, arrays),
            state.Seconds,
            state.Rollbacks,
            state.Diagnosis,
            arrays.GetValueOrDefault(SnapshotFiles.Outstanding, []),
            state.HasReplay ? await StoredReplayContent.OpenAsync(store, snapshot.Folder + SnapshotFiles.Replay, cancellationToken) : null,
            state.HasParameters ? TotalsArrays.FromArrays(arrays[SnapshotFiles.Parameters]) : null,
            MergeStates.FromArrays(arrays.GetValueOrDefault(SnapshotFiles.Merges, [])));
    }

    private static ReplicaState ToReplica(SnapshotState state, Dictionary<string, IReadOnlyList<NamedArray>> arrays) => new(
        state.Step,
        state.Images,
        state.Arrays.ToDictionary(name => name, name => arrays[SnapshotFiles.OfArrays(name)]),
        state.Counters);

    private static async Task<SnapshotState> ReadStateAsync(IObjectStore store, StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        var name = snapshot.Folder + SnapshotFiles.State;
        var file = await store.GetAsync(name, cancellationToken) ?? throw Gone(name);
        return JsonSerializer.Deserialize<SnapshotState>(file.Content.Span, SnapshotJson.Options) ?? throw Gone(name);
    }

    private static async Task<Dictionary<string, IReadOnlyList<NamedArray>>> ReadAllArraysAsync(IObjectStore store, StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, IReadOnlyList<NamedArray>>();
        foreach (var name in snapshot.Manifest.Files.Keys.Where(name => name.EndsWith(SnapshotFiles.ArrayExtension, StringComparison.Ordinal)))
        {
            await using var file = await store.OpenAsync(snapshot.Folder + name, cancellationToken) ?? throw Gone(snapshot.Folder + name);
            all[name] = Safetensors.Read(file, snapshot.Folder + name);
        }

        return all;
    }

    private static DistGanException Gone(string name) => new($"{name} is gone or empty; it belongs to a snapshot that was being read.");
}
