using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>An object store in memory; <see cref="BeforeWrite"/> may refuse writes by name.</summary>
internal sealed class MemoryStore : IObjectStore
{
    private readonly Lock _gate = new();

    /// <summary>Called with the name before anything is changed.</summary>
    public Action<string> BeforeWrite { get; set; } = static _ => { };

    public SortedDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    public Task<string?> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellationToken)
    {
        BeforeWrite(name);
        lock (_gate)
        {
            var present = Objects.GetValueOrDefault(name);
            if ((condition.MustBeAbsent && present is not null) || (condition.Tag is { } tag && (present is null || Tag(present) != tag)))
            {
                return Task.FromResult<string?>(null);
            }

            Objects[name] = content.ToArray();
            return Task.FromResult<string?>(Tag(Objects[name]));
        }
    }

    public async Task<string> PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        return (await PutAsync(name, bytes.ToArray(), PutCondition.None, cancellationToken))!;
    }

    public Task AppendAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BeforeWrite(name);
        lock (_gate)
        {
            Objects[name] = [.. Objects.GetValueOrDefault(name, []), .. content.Span];
        }

        return Task.CompletedTask;
    }

    public Task<StoredObject?> GetAsync(string name, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(Objects.TryGetValue(name, out var content) ? new StoredObject(content, Tag(content)) : null);
        }
    }

    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
        => await GetAsync(name, cancellationToken) is { } found ? new MemoryStream(found.Content.ToArray()) : null;

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] names;
        lock (_gate)
        {
            names = [.. Objects.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        }

        await Task.CompletedTask;
        foreach (var name in names)
        {
            yield return name;
        }
    }

    public Task<bool> DeleteAsync(string name, PutCondition condition, CancellationToken cancellationToken)
    {
        BeforeWrite(name);
        lock (_gate)
        {
            Objects.Remove(name);
        }

        return Task.FromResult(true);
    }

    private static string Tag(byte[] content) => Convert.ToHexString(SHA256.HashData(content));
}
