using System.Globalization;

namespace DistGan.Grains.Interfaces;

/// <summary>One replica of a job; its grain key is <c>job/ordinal</c>.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replica-id")]
public readonly record struct ReplicaId([property: Id(0)] JobId Job, [property: Id(1)] int Ordinal)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Job.Value}/{Ordinal}");

    /// <summary>Reads a grain key.</summary>
    public static ReplicaId Parse(string key)
    {
        var slash = key.LastIndexOf('/');
        return new(new JobId(key[..slash]), int.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }
}
