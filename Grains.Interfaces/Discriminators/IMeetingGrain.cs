using Orleans.Concurrency;

namespace DistGan.Grains.Interfaces.Discriminators;

/// <summary>
/// Where the one generator of a job meets the discriminators of its replicas: the batches of its newest version, and what they answer. Key: job.
/// Numbers travel in parts of at most 1 MiB.
/// </summary>
[Alias("distgan.meeting")]
public interface IMeetingGrain : IGrainWithStringKey
{
    /// <summary>Lays down a part of a batch of a version that is not announced yet; one that is not newer than the newest, or not finite, is dropped.</summary>
    [Alias("put")]
    Task PutAsync(int batch, NumbersPart part, CancellationToken cancellationToken = default);

    /// <summary>Makes a version the newest, of which answers count from now on. False where parts of it are missing, a newer one is known, or its start of the job has ended.</summary>
    [Alias("announce")]
    Task<bool> AnnounceAsync(VersionNotice notice, CancellationToken cancellationToken = default);

    /// <summary>The newest version, once there is one of that start of the job after <paramref name="known"/>; returns after <paramref name="wait"/> at the latest.</summary>
    /// <param name="replica">Who asks: it is waited for from now on, unless it has often been late.</param>
    /// <param name="known">The version that it took last; its start of the job counts even where it has taken none.</param>
    /// <param name="wait">At most 20 s.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("next"), AlwaysInterleave]
    Task<NextVersion> NextAsync(int replica, VersionId known, TimeSpan wait, CancellationToken cancellationToken = default);

    /// <summary>A part of a batch of the newest version; empty where that is another one.</summary>
    [Alias("read")]
    Task<ReadOnlyMemory<float>> ReadAsync(VersionId version, int batch, int part, CancellationToken cancellationToken = default);

    /// <summary>A part of a replica's gradient at its batch; one of a version that is not heard any more is dropped.</summary>
    [Alias("answer")]
    Task AnswerAsync(int replica, NumbersPart part, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the answers to a version: returns when all who are waited for have answered, when <paramref name="quorum"/> discriminators have,
    /// that of the generator's replica among them, or after <paramref name="deadline"/>.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="quorum">0 to wait for all.</param>
    /// <param name="deadline">At most 20 s.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("hear"), AlwaysInterleave]
    Task<FeedbackNotice> HearAsync(VersionId version, int quorum, TimeSpan deadline, CancellationToken cancellationToken = default);

    /// <summary>A part of the sum of the gradients at a batch, after <see cref="HearAsync"/>; empty where nobody answered of that batch.</summary>
    [Alias("sum")]
    Task<ReadOnlyMemory<float>> SumAsync(VersionId version, int batch, int part, CancellationToken cancellationToken = default);

    /// <summary>The replica of the generator has ended in a start of the job: whoever waits for work hears so.</summary>
    [Alias("close")]
    Task CloseAsync(long start, CancellationToken cancellationToken = default);
}
