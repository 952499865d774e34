using DistGan.Training.Links;

namespace DistGan.Worker.Links;

/// <summary>A way in which parameters of replicas reach each other, as one replica sees it.</summary>
internal interface IMergeLink : IMergeSource, IAsyncDisposable
{
    /// <summary>Forgets all open questions, and goes on from what a snapshot knew.</summary>
    Task StartAsync(MergeStates? states);

    /// <summary>What a snapshot keeps of it; null for nothing.</summary>
    /// <param name="withCentres">Whether this replica keeps what all share.</param>
    Task<MergeStates?> CaptureAsync(bool withCentres = true);

    /// <summary>Where the other replicas are, for one that joins them; null where there is nothing to begin from.</summary>
    Task<MergedParameters?> CurrentAsync(long boundary);
}
