using Orleans.Concurrency;

namespace DistGan.Grains.Interfaces.Discriminators;

/// <summary>Where a discriminator waits for the replica that it goes to in a swap. Key: job/replica. Holds one at a time, of the newest swap.</summary>
[Alias("distgan.mailbox")]
public interface IMailboxGrain : IGrainWithStringKey
{
    /// <summary>Brings a part; one of an older swap is dropped.</summary>
    [Alias("post")]
    Task PostAsync(MovedPart part, CancellationToken cancellationToken = default);

    /// <summary>Returns when the discriminator of a swap has come whole; null after <paramref name="wait"/>.</summary>
    [Alias("arrived"), AlwaysInterleave]
    Task<MovedNotice?> ArrivedAsync(VersionId swap, TimeSpan wait, CancellationToken cancellationToken = default);

    /// <summary>Hands out a part and forgets it; empty where there is none.</summary>
    [Alias("take")]
    Task<ReadOnlyMemory<float>> TakeAsync(VersionId swap, int part, CancellationToken cancellationToken = default);
}
