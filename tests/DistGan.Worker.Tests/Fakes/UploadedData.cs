using System.Security.Cryptography;
using DistGan.Grains.Interfaces.Data;
using DistGan.Training.Data.Archives;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>Data sets as an upload leaves them in a store.</summary>
internal static class UploadedData
{
    /// <summary>Puts one file of random bytes.</summary>
    public static async Task<(string Id, byte[] Content)> PutAsync(MemoryStore store, string folder, string name, int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        var path = Path.Combine(folder, name);
        await File.WriteAllBytesAsync(path, content);
        var parts = await ArchiveParts.CutAsync([new ArchiveEntry($"idx/{name}", path)], StoredDataManifest.PartBytes, CancellationToken.None).ToListAsync();
        var manifest = new StoredDataManifest
        {
            Name = name,
            Files = 1,
            Bytes = parts.Sum(static part => (long)part.Length),
            Parts = [.. parts.Select(static part => Convert.ToHexStringLower(SHA256.HashData(part.Span)))],
        };
        var id = manifest.ContentHash();
        for (var part = 0; part < parts.Count; part++)
        {
            store.Objects[StoredDataFiles.Part(id, part)] = parts[part].ToArray();
        }

        store.Objects[StoredDataFiles.Manifest(id)] = manifest.ToJson();
        return (id, content);
    }
}
