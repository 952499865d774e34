namespace DistGan.Grains.Interfaces.Storage;

/// <summary>
/// Named objects, durable once a call returns. Names are relative paths with '/' between segments of letters, digits, '.', '_' and '-';
/// no segment is '.' or '..'. Correct between processes.
/// </summary>
public interface IObjectStore
{
    /// <summary>Writes a whole object under a condition; readers see the old or the new one, never a part.</summary>
    /// <returns>The new tag, or null where the condition does not hold.</returns>
    Task<string?> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellationToken);

    /// <summary>Writes a whole object from a stream, unconditionally.</summary>
    Task<string> PutAsync(string name, Stream content, CancellationToken cancellationToken);

    /// <summary>Appends to an object, creating it; one call's bytes stay together.</summary>
    Task AppendAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Reads a whole object; null where there is none.</summary>
    Task<StoredObject?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading; null where there is none. The caller disposes the stream.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Names that start with <paramref name="prefix"/>, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes an object under a condition; false where the condition does not hold, true where it is gone or was not there.</summary>
    Task<bool> DeleteAsync(string name, PutCondition condition, CancellationToken cancellationToken);
}
