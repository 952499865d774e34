using System.Text.Json;
using DistGan.Grains.Interfaces.Storage;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace DistGan.Hosting.GrainStorage;

/// <summary>What every grain storage of this project does alike with a state in memory.</summary>
internal sealed class StoredState(IActivatorProvider activators)
{
    private readonly StateSerializer _serializer = new();

    /// <summary>A state as a grain has it that has never written one.</summary>
    public void Reset<T>(IGrainState<T> state)
    {
        state.State = New<T>();
        state.ETag = null;
        state.RecordExists = false;
    }

    public T New<T>() => activators.GetActivator<T>().Create();

    public ReadOnlyMemory<byte> Write<T>(IGrainState<T> state) => _serializer.Serialize(state.State).ToMemory();

    /// <summary>Fills a state from what is stored.</summary>
    /// <exception cref="ObjectStoreException">It is damaged.</exception>
    public void Read<T>(IGrainState<T> state, ReadOnlyMemory<byte> content, string tag, string name, GrainId grain)
    {
        try
        {
            state.State = _serializer.Deserialize<T>(BinaryData.FromBytes(content)) ?? New<T>();
        }
        catch (JsonException exception)
        {
            throw new ObjectStoreException(
                $"The state {name} of grain {grain} is damaged: {exception.Message} Restore it from a backup, or delete it to start without it.", exception);
        }

        state.ETag = tag;
        state.RecordExists = true;
    }

    /// <summary>A write or clear whose ETag is not the stored one.</summary>
    public static InconsistentStateException Inconsistent(string what, string name, string? stored, string? expected)
        => new(
            $"Cannot {what} {name}: another activation has changed it since it was read (stored {stored ?? "none"}, expected {expected ?? "none"}).",
            stored ?? "none",
            expected ?? "none");
}
