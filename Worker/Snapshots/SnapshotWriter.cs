using System.Text.Json;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Worker.Links;
using DistGan.Worker.Telemetry;

namespace DistGan.Worker.Snapshots;

/// <summary>
/// Writes snapshots: all files, then the question whether this owner may still write, then the manifest that commits them.
/// Whatever fails before that leaves a folder without a manifest, which is never chosen and is cleaned away.
/// </summary>
/// <param name="store">The object store.</param>
/// <param name="owner">Who writes.</param>
/// <param name="owns">Whether no newer owner exists.</param>
/// <param name="events">Told when a snapshot lacks what a grain did not give.</param>
/// <param name="telemetry">Told of each snapshot that was committed.</param>
/// <param name="time">Stamps manifests.</param>
internal sealed class SnapshotWriter(IObjectStore store, SnapshotOwner owner, Func<CancellationToken, Task<bool>> owns, IEventSink events, ReplicaTelemetry telemetry, TimeProvider time)
{
    /// <summary>Writes and commits one snapshot; after an exception it may be called again with the same draft.</summary>
    public async Task<CommitResult> CommitAsync(SnapshotDraft draft, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var folder = owner.Folder(draft.State.Step);
        await SnapshotFolder.DeleteAsync(store, folder, cancellationToken);
        var files = await WriteFilesAsync(folder, draft, cancellationToken);
        if (!await owns(cancellationToken))
        {
            await SnapshotFolder.DeleteAsync(store, folder, cancellationToken);
            await ReleaseAsync(draft);
            return CommitResult.Superseded;
        }

        var manifest = JsonSerializer.SerializeToUtf8Bytes(ManifestOf(draft, files), SnapshotJson.Options);
        _ = await store.PutAsync(folder + RunFiles.Manifest, manifest, PutCondition.IfAbsent, cancellationToken)
            ?? throw new DistGanException($"{folder}{RunFiles.Manifest} appeared while the snapshot was written: two processes train replica {owner.Replica} under epoch {owner.Epoch}.");
        telemetry.TakeSnapshot(time.GetElapsedTime(start), files.Values.Sum(static file => file.Bytes));
        await ReleaseAsync(draft);
        return CommitResult.Committed;
    }

    /// <summary>Removes folders that earlier owners left without a manifest.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in await SnapshotFolder.ListAsync(store, owner.Prefix, owner.Replica.Ordinal, cancellationToken))
        {
            if (!folder.IsCommitted && folder.Epoch < owner.Epoch)
            {
                await SnapshotFolder.DeleteAsync(store, folder.Name, cancellationToken);
            }
        }
    }

    /// <summary>Lets go of what a draft holds in the grains.</summary>
    public static async Task ReleaseAsync(SnapshotDraft draft)
    {
        if ((await draft.Links.Replay).Content is { } content)
        {
            await content.DisposeAsync();
        }
    }

    private async Task<Dictionary<string, SnapshotFile>> WriteFilesAsync(string folder, SnapshotDraft draft, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, SnapshotFile>();
        foreach (var (name, arrays) in draft.State.Files)
        {
            await PutArraysAsync(SnapshotFiles.OfArrays(name), arrays);
        }

        var replay = await draft.Links.Replay;
        var parameters = await draft.Links.Parameters;
        await PutArraysAsync(SnapshotFiles.Outstanding, [.. replay.Outstanding, .. parameters.Outstanding]);
        if (parameters.Totals is { } totals)
        {
            await PutArraysAsync(SnapshotFiles.Parameters, [.. TotalsArrays.ToArrays(totals)]);
        }

        if (await draft.Links.Merges is { } merges)
        {
            await PutArraysAsync(SnapshotFiles.Merges, [.. merges.ToArrays()]);
        }

        var hasReplay = replay.Content is { } content && await TryPutReplayAsync(folder, content, files, cancellationToken);
        var state = JsonSerializer.SerializeToUtf8Bytes(StateOf(draft, hasReplay, parameters.Totals is not null), SnapshotJson.Options);
        files.Add(SnapshotFiles.State, await PutAsync(folder + SnapshotFiles.State, new MemoryStream(state), cancellationToken));
        return files;

        async Task PutArraysAsync(string name, IReadOnlyList<NamedArray> arrays)
        {
            using var bytes = new MemoryStream();
            Safetensors.Write(bytes, arrays);
            bytes.Position = 0;
            files.Add(name, await PutAsync(folder + name, bytes, cancellationToken));
        }
    }

    private async Task<bool> TryPutReplayAsync(string folder, IReplayContent content, Dictionary<string, SnapshotFile> files, CancellationToken cancellationToken)
    {
        var (stream, production) = ReplayFile.Open(content, cancellationToken);
        try
        {
            files.Add(SnapshotFiles.Replay, await PutAsync(folder + SnapshotFiles.Replay, stream, cancellationToken));
            await production;
            return true;
        }
        catch (Exception exception) when (production.IsFaulted && !cancellationToken.IsCancellationRequested)
        {
            // The grain lost its capture: a snapshot without replay content is worth more than none.
            events.Record(EventKinds.Warning, $"The snapshot of {folder} has no replay content: {exception.FirstLine()}");
            files.Remove(SnapshotFiles.Replay);
            await store.DeleteAsync(folder + SnapshotFiles.Replay, PutCondition.None, cancellationToken);
            return false;
        }
    }

    private async Task<SnapshotFile> PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        await using var hashing = new HashingStream(content);
        await store.PutAsync(name, hashing, cancellationToken);
        return hashing.Finish();
    }

    private SnapshotManifest ManifestOf(SnapshotDraft draft, Dictionary<string, SnapshotFile> files) => new()
    {
        Job = owner.Replica.Job.Value,
        Replica = owner.Replica.Ordinal,
        Epoch = owner.Epoch,
        Step = draft.State.Step,
        Images = draft.State.Images,
        Time = time.GetUtcNow(),
        RecipeSha256 = owner.RecipeSha256,
        DataFingerprint = draft.DataFingerprint,
        SampleShape = [draft.Shape.Channels, draft.Shape.Height, draft.Shape.Width],
        Labels = draft.Labels,
        Files = files,
        Score = draft.Score,
    };

    private static SnapshotState StateOf(SnapshotDraft draft, bool hasReplay, bool hasParameters) => new()
    {
        Step = draft.State.Step,
        Images = draft.State.Images,
        Seconds = draft.Seconds,
        Rollbacks = draft.Rollbacks,
        Arrays = [.. draft.State.Files.Keys],
        HasReplay = hasReplay,
        HasParameters = hasParameters,
        Counters = draft.State.Counters,
        Diagnosis = draft.Diagnosis,
    };
}
