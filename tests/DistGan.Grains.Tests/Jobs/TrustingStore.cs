using System.Runtime.CompilerServices;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>A store that looks at no name: of one that no object can have, it says that there is such an object, as a store would that follows dots.</summary>
internal sealed class TrustingStore(IObjectStore store) : IObjectStore
{
    public Task<string?> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellationToken) => store.PutAsync(name, content, condition, cancellationToken);

    public Task<string> PutAsync(string name, Stream content, CancellationToken cancellationToken) => store.PutAsync(name, content, cancellationToken);

    public Task AppendAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => store.AppendAsync(name, content, cancellationToken);

    public Task<StoredObject?> GetAsync(string name, CancellationToken cancellationToken) => store.GetAsync(name, cancellationToken);

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
        => IsOdd(name) ? Task.FromResult<Stream?>(new MemoryStream([1])) : store.OpenAsync(name, cancellationToken);

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (IsOdd(prefix))
        {
            yield return $"{prefix}secret";
            yield break;
        }

        await foreach (var name in store.ListAsync(prefix, cancellationToken))
        {
            yield return name;
        }
    }

    public Task<bool> DeleteAsync(string name, PutCondition condition, CancellationToken cancellationToken) => store.DeleteAsync(name, condition, cancellationToken);

    private static bool IsOdd(string name)
        => name.StartsWith('/') || name.Contains("//", StringComparison.Ordinal) || name.Contains('*', StringComparison.Ordinal) || name.Split('/').Any(static part => part is "." or "..");
}
