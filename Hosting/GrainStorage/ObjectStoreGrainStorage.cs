using DistGan.Grains.Interfaces.Storage;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace DistGan.Hosting.GrainStorage;

/// <summary>Grain state as JSON objects in the object store; the tag of an object is the grain's ETag.</summary>
public sealed class ObjectStoreGrainStorage(IObjectStore store, IActivatorProvider activators) : IGrainStorage
{
    /// <summary>The name under which grains ask for this storage.</summary>
    public const string ProviderName = GrainStorageNames.Objects;

    private readonly StoredState _states = new(activators);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = GrainStateName.Of(stateName, grainId);
        if (await store.GetAsync(name, CancellationToken.None) is { } stored)
        {
            _states.Read(grainState, stored.Content, stored.Tag, name, grainId);
        }
        else
        {
            _states.Reset(grainState);
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = GrainStateName.Of(stateName, grainId);
        var condition = grainState.ETag is { } tag ? PutCondition.IfTag(tag) : PutCondition.IfAbsent;
        grainState.ETag = await store.PutAsync(name, _states.Write(grainState), condition, CancellationToken.None)
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

        _states.Reset(grainState);
    }

    private async Task<InconsistentStateException> InconsistentAsync(string what, string name, string? expected)
        => StoredState.Inconsistent(what, name, (await store.GetAsync(name, CancellationToken.None))?.Tag, expected);
}
