using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>A store from which, for a while, nothing can be removed.</summary>
internal sealed class BrittleStore(IObjectStore store) : IObjectStore
{
    public bool KeepsFiles { get; set; }

    public Task<string?> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellationToken) => store.PutAsync(name, content, condition, cancellationToken);

    public Task<string> PutAsync(string name, Stream content, CancellationToken cancellationToken) => store.PutAsync(name, content, cancellationToken);

    public Task AppendAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => store.AppendAsync(name, content, cancellationToken);

    public Task<StoredObject?> GetAsync(string name, CancellationToken cancellationToken) => store.GetAsync(name, cancellationToken);

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) => store.OpenAsync(name, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

    public Task<bool> DeleteAsync(string name, PutCondition condition, CancellationToken cancellationToken)
        => KeepsFiles ? throw new ObjectStoreException($"The store does not remove {name}.") : store.DeleteAsync(name, condition, cancellationToken);
}
