using Azure;
using Azure.Storage.Blobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage.Blobs;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace DistGan.Hosting.GrainStorage;

/// <summary>
/// Grain state in a container of its own, laid out as Microsoft.Orleans.Persistence.AzureStorage does: blob
/// <c>{stateName}-{grainType}/{grainKey}.json</c>, its ETag the grain's, <c>If-None-Match: *</c> for a new state and <c>If-Match</c> for
/// one that was read.
/// </summary>
/// <param name="container">The container; it may not exist yet.</param>
/// <param name="activators">Makes new states.</param>
public sealed class AzureBlobGrainStorage(BlobContainerClient container, IActivatorProvider activators) : IGrainStorage
{
    /// <summary>The container where none is named, as in the official package.</summary>
    public const string DefaultContainer = "grainstate";

    private readonly BlobContainer _blobs = new(container);
    private readonly StoredState _states = new(activators);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = BlobName(stateName, grainId);
        return GuardedAsync("read", name, async () =>
        {
            try
            {
                var answer = (await container.GetBlobClient(name).DownloadContentAsync()).Value;
                var (content, tag) = (answer.Content.ToMemory(), answer.Details.ETag.ToString());
                if (content.IsEmpty)
                {
                    // A cleared state of the official package where it is told not to delete: the next write must know its ETag.
                    _states.Reset(grainState);
                    grainState.ETag = tag;
                }
                else
                {
                    _states.Read(grainState, content, tag, name, grainId);
                }
            }
            catch (RequestFailedException failure) when (failure.Status is 404)
            {
                _states.Reset(grainState);
            }

            return true;
        });
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = BlobName(stateName, grainId);
        var condition = grainState.ETag is { } tag ? PutCondition.IfTag(tag) : PutCondition.IfAbsent;
        return GuardedAsync("write", name, async () =>
        {
            grainState.ETag = await _blobs.UploadAsync(name, _states.Write(grainState), condition, "application/json", CancellationToken.None)
                ?? throw StoredState.Inconsistent("write", name, "another", grainState.ETag);
            return grainState.RecordExists = true;
        });
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = BlobName(stateName, grainId);
        var condition = grainState.ETag is { } tag ? PutCondition.IfTag(tag) : PutCondition.None;
        return GuardedAsync("clear", name, async () =>
        {
            if (!await _blobs.DeleteAsync(name, condition, CancellationToken.None))
            {
                throw StoredState.Inconsistent("clear", name, "another", grainState.ETag);
            }

            _states.Reset(grainState);
            return true;
        });
    }

    private static string BlobName(string stateName, GrainId grainId) => $"{stateName}-{grainId}.json";

    private Task<bool> GuardedAsync(string what, string name, Func<Task<bool>> request) => _blobs.GuardedAsync(what, name, request, CancellationToken.None);
}
