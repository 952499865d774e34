using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using DistGan.Grains.Interfaces.Data;
using DistGan.Recipes;

namespace DistGan.Worker.Data;

/// <summary>Reads the parts of an uploaded data set, a few ahead, and looks at the hash of each.</summary>
internal static class StoredDataParts
{
    private const int Ahead = 4;

    /// <exception cref="DistGanException">A part is missing or damaged.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants them any more.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        IStoredDataSource source, string id, StoredDataManifest manifest, Func<bool> isUnwanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var coming = new Queue<Task<ReadOnlyMemory<byte>?>>();
        var asked = 0;
        for (var part = 0; part < manifest.Parts.Count; part++)
        {
            if (isUnwanted())
            {
                throw new OperationCanceledException("The data are not wanted any more.");
            }

            while (asked < manifest.Parts.Count && coming.Count < Ahead)
            {
                coming.Enqueue(source.GetAsync(id, asked++, cancellationToken));
            }

            var content = await coming.Dequeue().ConfigureAwait(false)
                ?? throw Damaged(manifest, id, part, "is not there");
            yield return Convert.ToHexStringLower(SHA256.HashData(content.Span)) == manifest.Parts[part] ? content : throw Damaged(manifest, id, part, "is not what was uploaded");
        }
    }

    private static DistGanException Damaged(StoredDataManifest manifest, string id, int part, string how)
        => new($"The uploaded data of {manifest.Name} are damaged in the store: {StoredDataFiles.Part(id, part)} {how}. Remove {StoredDataFiles.Manifest(id)} there, and submit the job again from the machine that has the files.");
}
