using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace DistGan.Hosting.GrainStorage;

/// <summary>
/// Holds a storage from another package to the contract of this project's own: a state that is not there is new, clearing is idempotent,
/// and a failure is one sentence that can cross a grain call.
/// </summary>
internal sealed class ContractGrainStorage(string provider, IGrainStorage inner, IActivatorProvider activators)
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly StoredState _states = new(activators);

    /// <summary>The storage that is held to the contract.</summary>
    public IGrainStorage Inner => inner;

    public void Participate(ISiloLifecycle lifecycle) => (inner as ILifecycleParticipant<ISiloLifecycle>)?.Participate(lifecycle);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        => GuardedAsync("read", stateName, grainId, async () =>
        {
            grainState.RecordExists = false;
            await inner.ReadStateAsync(stateName, grainId, grainState);
            if (!grainState.RecordExists || grainState.State is null)
            {
                grainState.State = _states.New<T>();
            }
        });

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        => GuardedAsync("write", stateName, grainId, () => inner.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        => GuardedAsync("clear", stateName, grainId, async () =>
        {
            if (grainState.ETag is null)
            {
                // Redis refuses to clear what it is not given the ETag of; the other storages clear it.
                var stored = new GrainState<T>();
                await inner.ReadStateAsync(stateName, grainId, stored);
                grainState.ETag = stored.ETag;
            }

            if (grainState.ETag is not null)
            {
                await inner.ClearStateAsync(stateName, grainId, grainState);
            }

            grainState.State = _states.New<T>();
            grainState.RecordExists = false;
        });

    private async Task GuardedAsync(string what, string stateName, GrainId grainId, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception exception) when (exception is not (InconsistentStateException or DistGanException or OperationCanceledException))
        {
            throw new ObjectStoreException($"Cannot {what} the state {stateName} of grain {grainId} in {provider}: {exception.Message}", exception);
        }
    }
}
