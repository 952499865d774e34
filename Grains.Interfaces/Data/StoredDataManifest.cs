using System.Security.Cryptography;
using System.Text.Json;

namespace DistGan.Grains.Interfaces.Data;

/// <summary>What an uploaded data set consists of: the last object of it that is written.</summary>
[GenerateSerializer, Immutable, Alias("distgan.stored-data-manifest")]
public sealed record StoredDataManifest
{
    /// <summary>Bytes of every part but the last: what one message carries well.</summary>
    public const int PartBytes = 1 << 20;

    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    [Id(0)]
    public int Format { get; init; } = CurrentFormat;

    /// <summary>What people call it: the name of its folder or file.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>Files in the archive.</summary>
    [Id(2)]
    public required int Files { get; init; }

    /// <summary>Bytes of the archive, all parts together.</summary>
    [Id(3)]
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of each part in order, hexadecimal, lower case.</summary>
    [Id(4)]
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>The content hash: SHA-256 over the hashes of the parts (32 bytes each) in order; hexadecimal, lower case.</summary>
    public string ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in Parts)
        {
            hash.AppendData(Convert.FromHexString(part));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>As an object of the store.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>What an object of the store says; null where it is no manifest of this data set that this program reads.</summary>
    public static StoredDataManifest? Read(ReadOnlySpan<byte> json, string id)
    {
        try
        {
            return JsonSerializer.Deserialize<StoredDataManifest>(json) is { Format: CurrentFormat } manifest && manifest.ContentHash() == id ? manifest : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }
}
