using System.Text;

namespace DistGan.Grains.Interfaces.Storage;

/// <summary>Which object store a host sees: a name that the first host writes into it, so that hosts of one cluster can tell whether they share one.</summary>
/// <param name="store">The store; null where hosts share one by construction, and nothing is written.</param>
public sealed class StoreIdentity(IObjectStore? store)
{
    /// <summary>The object that holds it.</summary>
    public const string ObjectName = "store-id";

    private string? _known;

    /// <summary>Of hosts that share a store by construction.</summary>
    public static StoreIdentity Shared { get; } = new(null);

    /// <summary>The name; null where none is needed.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        if (store is null || _known is not null)
        {
            return _known;
        }

        _ = await store.PutAsync(ObjectName, Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}"), PutCondition.IfAbsent, cancellationToken);
        var stored = await store.GetAsync(ObjectName, cancellationToken);
        return _known = stored is null ? null : Encoding.ASCII.GetString(stored.Content.Span);
    }
}
