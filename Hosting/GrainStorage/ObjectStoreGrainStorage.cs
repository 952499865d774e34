using System.Text.Json;
using DistGan.Grains.Interfaces.Storage;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace DistGan.Hosting.GrainStorage;

/// <summary>Grain state as JSON objects in the object store; the tag of an object is the grain's ETag.</summary>
public sealed class ObjectStoreGrainStorage(IObjectStore store, IActivatorProvider activators) : IGrainStorage
{
    /// <summary>The name under which grains ask for this storage.</summary>
    public const string ProviderName = GrainStorageNames.Objects;

    // Pinned: a stored state outlives the build that wrote it.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = GrainStateName.Of(stateName, grainId);
        if (await store.GetAsync(name, CancellationToken.None) is not { } stored)
        {
            Reset(grainState);
            return;
        }

        try
        {
            grainState.State = JsonSerializer.Deserialize<T>(stored.Content.Span, Json) ?? NewState<T>();
        }
        catch (JsonException exception)
        {
            throw new ObjectStoreException(
                $"The state {name} of grain {grainId} is damaged: {exception.Message} Restore the file from a backup, or delete it to start without it.", exception);
        }

        grainState.ETag = stored.Tag;
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = GrainStateName.Of(stateName, grainId);
        var condition = grainState.ETag is { } tag ? PutCondition.IfTag(tag) : PutCondition.IfAbsent;
        var content = JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json);
        grainState.ETag = await store.PutAsync(name, content, condition, CancellationToken.None)
            ?? throw await InconsistentAsync("write", name, grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = GrainStateName.Of(stateName, grainId);
        var condition = grainState.ETag is { } tag ? PutCondition.IfTag(tag) : PutCondition.None;
        if (!await store.DeleteAsync(name, condition, CancellationToken.None))
        {
            throw await InconsistentAsync("clear", name, grainState.ETag);
        }

        Reset(grainState);
    }

    private async Task<InconsistentStateException> InconsistentAsync(string what, string name, string? expected)
    {
        var actual = (await store.GetAsync(name, CancellationToken.None))?.Tag;
        return new InconsistentStateException(
            $"Cannot {what} {name}: another activation has changed it since it was read (stored {actual ?? "none"}, expected {expected ?? "none"}).",
            actual ?? "none",
            expected ?? "none");
    }

    private void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = NewState<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private T NewState<T>() => activators.GetActivator<T>().Create();
}
